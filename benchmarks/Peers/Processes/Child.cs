using System.Diagnostics;
using System.Globalization;

namespace Nabla.Peers;

/// <summary>A process of its own, started for one figure.</summary>
internal static class Child
{
    private static readonly string[] Malloc = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_"];

    /// <summary>This program again, with the arguments of <see cref="ChildMain"/>.</summary>
    public static ProcessStartInfo Of(params string[] arguments) =>
        Bare(new ProcessStartInfo(Environment.ProcessPath!, [typeof(Child).Assembly.Location, ChildMain.Option, .. arguments]));

    /// <summary>Another program.</summary>
    public static ProcessStartInfo Of(FileInfo program) => Bare(new ProcessStartInfo(program.FullName));

    /// <summary>Runs it; seconds from the start to its first line, and that line.</summary>
    /// <exception cref="InvalidDataException">It failed.</exception>
    public static (double Seconds, string Line) Run(ProcessStartInfo info)
    {
        long start = Stopwatch.GetTimestamp();
        using var process = Process.Start(info)!;
        string? line = process.StandardOutput.ReadLine();
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 && line is not null
            ? (seconds, line)
            : throw new InvalidDataException($"{string.Join(' ', info.ArgumentList)}: exit code {process.ExitCode}.");
    }

    /// <summary>Runs it; the number that it prints.</summary>
    public static double Number(ProcessStartInfo info) => double.Parse(Run(info).Line, CultureInfo.InvariantCulture);

    /// <summary>Without the settings of malloc that favour libtorch's speed: they hold memory back.</summary>
    private static ProcessStartInfo Bare(ProcessStartInfo info)
    {
        info.RedirectStandardOutput = true;
        foreach (string name in Malloc)
            info.Environment.Remove(name);
        return info;
    }
}
