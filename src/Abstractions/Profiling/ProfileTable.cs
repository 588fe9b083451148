using System.Globalization;
using System.Text;

namespace Nabla;

/// <summary>The profiler's table: operations by time, then ranges, then what the figures mean.</summary>
internal static class ProfileTable
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Format(Profiler profiler)
    {
        var (rows, ranges) = (profiler.Rows, profiler.Ranges);
        var total = TimeSpan.FromTicks(rows.Sum(r => r.Total.Ticks));
        var late = profiler.Options.Synchronize ? [] : profiler.Interceptor.LateDevices;
        bool manyDevices = rows.Select(r => r.Device).Distinct().Count() > 1, shapes = profiler.Options.RecordShapes;
        var lines = new List<string?[]>
        {
            Line("operation", "pass", "device", "calls", "total ms", "mean us", "share", "new MB", "moved MB", "GB/s", "inputs"),
        };
        foreach (var r in rows)
        {
            lines.Add(Line(
                r.Name, r.IsBackward ? "backward" : "", $"{r.Device}", Number(r.Calls), Milliseconds(r.Total), Microseconds(r), Share(r.Total, total),
                Megabytes(r.Allocated), Megabytes(r.Moved), Rate(r), r.Inputs));
        }

        if (ranges.Count > 0)
            lines.Add(Line("range", "", "", "", "", "", "", "", "", "", ""));
        foreach (var r in ranges)
            lines.Add(Line(r.Name, "", "", Number(r.Calls), Milliseconds(r.Total), Microseconds(r), Share(r.Total, profiler.Elapsed), "", "", "", ""));

        var text = new StringBuilder();
        Append(text, lines);
        text.Append(Culture, $"{Milliseconds(profiler.Elapsed)} ms in all, {Milliseconds(total)} ms of it in operations; {Number(rows.Sum(r => r.Calls))} calls.");
        if (ranges.Count > 0)
            text.Append(" A range holds the time of all that is in it; its share is of all the time.");
        foreach (var note in Notes(profiler, late))
            text.Append('\n').Append(note);
        return text.ToString();

        string Rate(ProfileRow row) =>
            row.Total > TimeSpan.Zero && row.Moved > 0 && !late.Contains(row.Device!.Value) ? Fixed(row.Moved / row.Total.TotalSeconds / 1e9, 1) : "";

        string?[] Line(string name, string pass, string device, params string[] rest) =>
            [name, pass, manyDevices ? device : null, .. rest[..^1], shapes ? rest[^1] : null];
    }

    private static IEnumerable<string> Notes(Profiler profiler, IReadOnlyList<DeviceId> late)
    {
        foreach (var device in late)
            yield return $"{device} works after the call: its times are those of the calls. Synchronize = true in the options waits for the work.";
        if (profiler.Interceptor.Dropped is > 0 and var dropped)
            yield return $"The trace lacks the last {Number(dropped)} events: MaxEvents is {Number(profiler.Options.MaxEvents)}.";
    }

    /// <summary>Columns as wide as their widest cell: names to the left, figures to the right. A column of nulls is left out.</summary>
    private static void Append(StringBuilder text, List<string?[]> lines)
    {
        const int Names = 3;
        int columns = lines[0].Length;
        var widths = Enumerable.Range(0, columns).Select(c => lines.Max(l => l[c]?.Length ?? 0)).ToArray();
        foreach (var line in lines)
        {
            var row = new StringBuilder();
            for (int c = 0; c < columns; c++)
            {
                if (line[c] is not { } cell)
                    continue;
                row.Append(c == 0 ? "" : "  ").Append(c < Names || c == columns - 1 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]));
            }

            text.Append(row.ToString().TrimEnd()).Append('\n');
        }
    }

    private static string Number(long value) => value.ToString("N0", Culture);

    private static string Fixed(double value, int digits) => value.ToString($"F{digits}", Culture);

    private static string Milliseconds(TimeSpan time) => Fixed(time.TotalMilliseconds, 3);

    private static string Microseconds(ProfileRow row) => Fixed(row.Total.TotalMicroseconds / row.Calls, 2); // finer than a TimeSpan

    private static string Share(TimeSpan part, TimeSpan whole) => whole > TimeSpan.Zero ? Fixed(100 * (part / whole), 1) + "%" : "";

    private static string Megabytes(long bytes) => Fixed(bytes / 1e6, 2);
}
