using System.Runtime.InteropServices;

namespace Nabla.Peers;

/// <summary>A run: what was asked, where, and what came out.</summary>
internal sealed record Report(Options Options, string[] Arguments, IReadOnlyList<Measurement> Rows)
{
    public const string QuickWarning = "QUICK: short blocks and pauses, not for publication";

    /// <summary>Machine, versions, command and date.</summary>
    public IEnumerable<string> Header()
    {
        yield return $"machine: {Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.ProcessArchitecture}";
        yield return $"versions: .NET {Environment.Version}, Nabla {Version(typeof(Tensor))}, TorchSharp {Version(typeof(TorchSharp.torch))} with libtorch {TorchSharp.torch.__version__}";
        yield return $"command: benchmarks/Peers/run.sh {string.Join(' ', Arguments.Select(a => a.Contains(' ') ? $"'{a}'" : a))}";
        yield return $"threads: {Options.Threads}; blocks of {Options.Pace.Block.TotalMilliseconds} ms, pauses of {Options.Pace.Pause.TotalMilliseconds} ms, {Options.Pace.Pairs} pairs";
        yield return $"date: {DateTime.UtcNow:yyyy-MM-dd}";
        if (Options.Quick)
            yield return QuickWarning;
    }

    public static string Processor() => File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) is { } line
        ? line[(line.IndexOf(':') + 1)..].Trim()
        : "an unknown processor";

    private static string Version(Type type) => type.Assembly.GetName().Version?.ToString(3) ?? "?";
}
