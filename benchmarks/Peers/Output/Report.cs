using System.Reflection;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace Nabla.Peers;

/// <summary>A run: what was asked, where, and what came out.</summary>
internal sealed record Report(Options Options, string[] Arguments, IReadOnlyList<Measurement> Rows)
{
    public const string QuickWarning = "QUICK: short blocks and pauses, not for publication";

    /// <summary>Machine, versions, command and date.</summary>
    public IEnumerable<string> Header()
    {
        yield return $"machine: {Machine.Describe()}, {RuntimeInformation.OSDescription}";
        yield return $"versions: .NET {Environment.Version}, Nabla {Version(typeof(Tensor))}, TorchSharp {Version(typeof(TorchSharp.torch))}, "
            + $"libtorch {TorchSharp.torch.__version__}, ONNX Runtime {Version(typeof(InferenceSession))}";
        yield return $"command: benchmarks/Peers/run.sh {string.Join(' ', Arguments.Select(a => a.Contains(' ') ? $"'{a}'" : a))}";
        var pace = Options.Pace;
        yield return $"threads: {Options.Threads}; {pace.Pairs} pairs of blocks of {pace.Block.TotalMilliseconds} ms, pauses of {pace.Pause.TotalMilliseconds} ms";
        yield return $"date: {DateTime.UtcNow:yyyy-MM-dd}";
        if (Options.Quick)
            yield return QuickWarning;
    }

    /// <summary>With the commit, where the build knows it.</summary>
    private static string Version(Type type)
    {
        string[] parts = (type.Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "?").Split('+');
        return parts.Length == 1 ? parts[0] : $"{parts[0]} ({parts[1][..Math.Min(9, parts[1].Length)]})";
    }
}
