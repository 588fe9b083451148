using System.Globalization;
using System.Runtime.CompilerServices;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>What this program does where it was started by itself; each prints one line.</summary>
internal static class ChildMain
{
    public const string Option = "--child";
    public const string Empty = "empty", FirstOurs = "first-ours", FirstPeer = "first-peer", Peak = "peak", Ours = "ours", Peer = "peer";
    private const int Steps = 300, Size = 64;

    public static int Run(ReadOnlySpan<string> arguments)
    {
        string line = arguments switch
        {
            [Empty] => "nothing",
            [FirstOurs] => OurFirstResult(),
            [FirstPeer] => PeerFirstResult(),
            [Peak, var row, Ours, var threads] => PeakMegabytes(row, threads, (kind, r, engine) => kind.Ours(r, engine)),
            [Peak, var row, Peer, var threads] => PeakMegabytes(row, threads, (kind, r, engine) => kind.Peer(r, engine)),
            _ => throw new ArgumentException($"no child does {string.Join(' ', arguments!)}."),
        };
        Console.WriteLine(line);
        return 0;
    }

    // Not inlined: the empty child must not load what the others name.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string OurFirstResult() => Start.FirstResult.Compute();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string PeerFirstResult() =>
        (Torch.ones(Size, Size).matmul(Torch.ones(Size, Size)) + 1).sum().item<float>().ToString(CultureInfo.InvariantCulture);

    /// <summary>Runs one side of a row for some steps; the most memory that was ever resident.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string PeakMegabytes(string name, string threads, Func<CallKind, Row, Engine, Side> open)
    {
        var row = ManifestFile.Read().Single(r => r.Name == name);
        using var engine = new Engine(int.Parse(threads, CultureInfo.InvariantCulture));
        using var side = open((CallKind)RowKinds.Of(row), row, engine);
        side.Prepare(seed: 1);
        for (int step = 0; step < Steps; step++)
            side.Run();
        string peak = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        double kilobytes = double.Parse(peak.Split(':', StringSplitOptions.TrimEntries)[1].Split(' ')[0], CultureInfo.InvariantCulture);
        return (kilobytes / 1024).ToString(CultureInfo.InvariantCulture);
    }
}
