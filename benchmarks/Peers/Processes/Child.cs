using System.Diagnostics;
using System.Globalization;

namespace Nabla.Peers;

/// <summary>A process of its own, started for one figure.</summary>
internal static class Child
{
    /// <summary>What run.sh sets for libtorch's speed; memory may fare better with or without it.</summary>
    private static readonly string[] Malloc = ["MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_"];

    /// <summary>This program again, with the arguments of <see cref="ChildMain"/>; malloc as the system has it.</summary>
    public static ProcessStartInfo Of(params string[] arguments)
    {
        var info = Tuned(arguments);
        foreach (string name in Malloc)
            info.Environment.Remove(name);
        return info;
    }

    /// <summary>The same with malloc as this process has it.</summary>
    public static ProcessStartInfo Tuned(params string[] arguments) =>
        new(Environment.ProcessPath!, [typeof(Child).Assembly.Location, ChildMain.Option, .. arguments]) { RedirectStandardOutput = true };

    /// <summary>The program that computes one result, compiled ahead of time.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static ProcessStartInfo Native() => new(Published("native", "Start", "setup.sh --native")) { RedirectStandardOutput = true };

    /// <summary>The same program published ready to run: its own code and the library's are compiled before, what is left when it runs.</summary>
    /// <exception cref="InvalidDataException">It is not there.</exception>
    public static ProcessStartInfo Ready(params string[] arguments) =>
        new(Environment.ProcessPath!, [Published("ready", "Start.dll", "setup.sh"), .. arguments]) { RedirectStandardOutput = true };

    private static string Published(string folder, string file, string by)
    {
        string program = Path.Combine(AppContext.BaseDirectory, folder, file);
        return File.Exists(program) ? program : throw new InvalidDataException($"{program} is not there: run {by} first.");
    }

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
}
