using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Nabla;

/// <summary>
/// Built programs on disk, each in a file named after the hash of all that it depends on: driver, device, options, source. A file that
/// is damaged is ignored and replaced; a folder that cannot be used costs time, never a result.
/// </summary>
internal sealed class ProgramCache
{
    private static readonly byte[] Magic = "NablaCL1"u8.ToArray();
    private readonly string? _directory;
    private readonly ILogger _logger;
    private int _warned;

    public ProgramCache(string? directory, ILogger logger) => (_directory, _logger) = (directory, logger);

    /// <summary>Where the user's caches are: <c>nabla/opencl</c> there.</summary>
    public static string DefaultDirectory
    {
        get
        {
            string root = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } cache ? cache
                : OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), OperatingSystem.IsMacOS() ? "Library/Caches" : ".cache");
            return Path.Combine(root.Length > 0 ? root : Path.GetTempPath(), "nabla", "opencl");
        }
    }

    /// <summary>The name of a program: changes with anything that changes the result.</summary>
    public static string Key(string identity, string options, string source) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{identity}\0{options}\0{source}")))[..40];

    /// <summary>The file of a program.</summary>
    public string? PathOf(string key) => _directory is null ? null : Path.Combine(_directory, $"{key}.clbin");

    /// <summary>The binary, or null.</summary>
    public byte[]? Read(string key)
    {
        if (PathOf(key) is not { } path)
            return null;
        try
        {
            if (!File.Exists(path))
                return null;
            var file = File.ReadAllBytes(path);
            int header = Magic.Length + SHA256.HashSizeInBytes;
            if (file.Length > header && file.AsSpan().StartsWith(Magic) && SHA256.HashData(file.AsSpan(header)).AsSpan().SequenceEqual(file.AsSpan(Magic.Length, SHA256.HashSizeInBytes)))
                return file[header..];
            Reject(key, "its checksum differs");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Warn(e);
        }

        return null;
    }

    /// <summary>Keeps a binary: written aside and renamed, so that other processes see all of it or nothing.</summary>
    public void Write(string key, byte[] binary)
    {
        if (PathOf(key) is not { } path)
            return;
        string aside = $"{path}.{Environment.ProcessId}.{Guid.NewGuid():N}";
        try
        {
            Directory.CreateDirectory(_directory!);
            using (var stream = new FileStream(aside, FileMode.CreateNew, FileAccess.Write))
            {
                stream.Write(Magic);
                stream.Write(SHA256.HashData(binary));
                stream.Write(binary);
            }

            File.Move(aside, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            Warn(e);
            TryDelete(aside);
        }
    }

    /// <summary>Forgets a binary that the driver did not take.</summary>
    public void Reject(string key, string reason)
    {
        if (PathOf(key) is not { } path)
            return;
        Log.CacheEntryRejected(_logger, path, reason);
        TryDelete(path);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            // Nothing is lost: the file is replaced or ignored the next time.
        }
    }

    private void Warn(Exception e)
    {
        if (Interlocked.Exchange(ref _warned, 1) == 0)
            Log.CacheFailed(_logger, _directory!, e.Message);
    }
}
