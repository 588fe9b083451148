using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Nabla.Digits;

/// <summary>
/// Optical recognition of handwritten digits: 8x8 images with values 0 to 16. Source: UCI Machine Learning Repository, CC BY 4.0
/// (Alpaydin and Kaynak, 1998).
/// </summary>
internal sealed record DigitsData(float[] Images, long[] Labels)
{
    public const int Pixels = 64;
    public const int Classes = 10;

    private const string Source = "https://raw.githubusercontent.com/yupinghuang/optical_digits/e20bac46f63c/data/";

    private static readonly Part Train = new("optdigits_train.csv", ["optdigits.tra", "optdigits.hol"], "e1b683cc211604fe8fd8c4417e6a69f31380e0c61d4af22e93cc21e9257ffedd");
    private static readonly Part Test = new("optdigits_test.csv", ["optdigits.tes"], "6ebb3d2fee246a4e99363262ddf8a00a3c41bee6014c373ed9d9216ba7f651b8");

    public int Count => Labels.Length;

    /// <summary>The training and test parts: from the folder, from the default one, or downloaded once.</summary>
    public static async Task<(DigitsData Train, DigitsData Test)> LoadAsync(string? folder, CancellationToken cancel)
    {
        folder ??= FindDefault();
        if (folder is not null)
            return (Parse(await ReadAsync(folder, Train, cancel)), Parse(await ReadAsync(folder, Test, cancel)));
        return (Parse(await DownloadAsync(Train, cancel)), Parse(await DownloadAsync(Test, cancel)));
    }

    /// <summary>Some rows, with pixels scaled to 0..1.</summary>
    public (float[] Images, long[] Labels) Rows(ReadOnlySpan<long> rows)
    {
        var images = new float[rows.Length * Pixels];
        var labels = new long[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            Images.AsSpan((int)rows[i] * Pixels, Pixels).CopyTo(images.AsSpan(i * Pixels));
            labels[i] = Labels[rows[i]];
        }

        return (images, labels);
    }

    private static string? FindDefault()
    {
        for (var at = new DirectoryInfo(Environment.CurrentDirectory); at is not null; at = at.Parent)
        {
            var candidate = Path.Combine(at.FullName, "..", "shared", "data", "optdigits");
            if (File.Exists(Path.Combine(candidate, Train.File)))
                return candidate;
        }

        return null;
    }

    private static async Task<string> ReadAsync(string folder, Part part, CancellationToken cancel)
    {
        var path = Path.Combine(folder, part.File);
        return File.Exists(path)
            ? await File.ReadAllTextAsync(path, cancel)
            : throw new DataException($"{path} is absent; pass --data with a folder that has {Train.File} and {Test.File}, or leave it out to download them.");
    }

    private static async Task<string> DownloadAsync(Part part, CancellationToken cancel)
    {
        var cache = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "nabla", "optdigits");
        var path = Path.Combine(cache, part.File);
        if (File.Exists(path))
        {
            var cached = await File.ReadAllTextAsync(path, cancel);
            if (part.Matches(cached))
                return cached;
        }

        string text;
        try
        {
            using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            var pieces = new StringBuilder();
            foreach (var file in part.Pieces)
                foreach (var line in (await client.GetStringAsync(Source + file, cancel)).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                    if (line[0] != '#')
                        pieces.Append(line).Append('\n');
            text = pieces.ToString();
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            throw new DataException($"The digits could not be downloaded from {Source} ({e.Message}). Offline, put {Train.File} and {Test.File} into a folder and pass it with --data.");
        }

        if (!part.Matches(text))
            throw new DataException($"What {Source} gave for {part.File} is not the data set: its SHA-256 is not {part.Sha256}. Pass --data with a folder that has it.");
        Directory.CreateDirectory(cache);
        await File.WriteAllTextAsync(path, text, cancel);
        return text;
    }

    private static DigitsData Parse(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var images = new float[lines.Length * Pixels];
        var labels = new long[lines.Length];
        for (int i = 0; i < lines.Length; i++)
        {
            var values = lines[i].Split(',');
            if (values.Length != Pixels + 1)
                throw new DataException($"Row {i + 1} of the digits has {values.Length} values, not {Pixels + 1}.");
            for (int p = 0; p < Pixels; p++)
                images[(i * Pixels) + p] = int.Parse(values[p], CultureInfo.InvariantCulture) / 16f;
            labels[i] = long.Parse(values[Pixels], CultureInfo.InvariantCulture);
        }

        return new(images, labels);
    }

    private sealed record Part(string File, string[] Pieces, string Sha256)
    {
        public bool Matches(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))) == Sha256;
    }
}

internal sealed class DataException(string message) : Exception(message);
