using System.Globalization;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>
/// Times random calls on both sides, without and with gradients: any shape, layout and element type, so that it shows where ours is slow and no row of the
/// manifest says so. A look, not a measurement: blocks are short, and the least of three counts.
/// </summary>
internal static class SurveyRun
{
    private const int Rounds = 3, Shown = 100;
    private static readonly TimeSpan Warm = TimeSpan.FromMilliseconds(250), Block = TimeSpan.FromMilliseconds(3); // longer than the JIT waits before it compiles again

    /// <returns>The exit code.</returns>
    public static int Run(int trials, int seed, string? filter, int threads)
    {
        using var engine = new Engine(threads);
        engine.LimitTorch();
        using var device = engine.Device.AsDefault();
        var found = new List<Finding>();
        foreach (var (name, draw) in FuzzTable.Matching(filter))
        {
            int first = found.Count;
            for (int i = 0; i < trials; i++)
            {
                using var scope = Torch.NewDisposeScope();
                var trial = draw(new Dice(FuzzRun.Seed(name, seed, i), large: true));
                if (Forward(trial) is { } forward)
                    found.Add(new(name, trial, false, forward.Ours, forward.Peers));
                if (Backward(trial) is { } backward)
                    found.Add(new(name, trial, true, backward.Ours, backward.Peers));
            }

            double[] ratios = [.. found.Skip(first).Select(f => f.Ratio)];
            if (ratios.Length > 0)
                Print($"{name,-28} {ratios.Length,4} calls, geometric mean {Math.Exp(ratios.Average(Math.Log)):f2}, least {ratios.Min():f2}, {ratios.Count(r => r < 1)} below 1");
        }

        Console.WriteLine();
        foreach (var f in found.Where(f => f.Ratio < 1).OrderBy(f => f.Ratio).Take(Shown))
            Print($"{f.Ratio:f2} {f.Ours * 1e6,10:f1} us, peer {f.Peers * 1e6,10:f1} us: {f.Name}{(f.Gradients ? " and gradients" : "")} {f.Trial}");
        return 0;
    }

    private static (double Ours, double Peers)? Forward(Trial trial)
    {
        using var ours = Autograd.NoGrad();
        using var peers = Torch.no_grad();
        return Time(() => Free(trial.Ours(trial.Operands)), () => Free(trial.Peers(trial.Operands)));
    }

    private static (double Ours, double Peers)? Backward(Trial trial)
    {
        Operand[] leaves = [.. trial.Operands.Where(o => o.AsksForGradient)];
        if (leaves.Length == 0 || trial.Order == 0)
            return null;
        Tensor[]? ourStarts = null;
        Torch.Tensor[]? peerStarts = null;
        Tensor[] ourLeaves = [.. leaves.Select(l => l.OurLeaf)];
        Torch.Tensor[] peerLeaves = [.. leaves.Select(l => l.PeerLeaf)];
        return Time(
            () =>
            {
                var results = trial.Ours(trial.Operands);
                Tensor[] open = [.. results.Where(r => r.RequiresGrad)];
                Free([.. Autograd.Grad(open, ourLeaves, ourStarts ??= [.. open.Select(r => Tensor.OnesLike(r))], allowUnused: true).OfType<Tensor>()]);
                Free(results);
            },
            () =>
            {
                using var scope = Torch.NewDisposeScope();
                Torch.Tensor[] open = [.. trial.Peers(trial.Operands).Where(r => r.requires_grad)];
                Torch.autograd.grad(open, peerLeaves, peerStarts ??= [.. open.Select(r => Torch.ones_like(r).DetachFromDisposeScope())], allow_unused: true);
            });
    }

    /// <summary>Seconds of a call on each side; null where one of them refuses it.</summary>
    private static (double Ours, double Peers)? Time(Action ours, Action peers)
    {
        try
        {
            peers();
            ours();
        }
        catch (Exception)
        {
            return null; // the comparison of values tells of refusals that should not be
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        Repeated.Measure(ours, Warm);
        Repeated.Measure(peers, Warm);
        double mine = double.MaxValue, theirs = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            mine = Math.Min(mine, Repeated.Measure(ours, Block));
            theirs = Math.Min(theirs, Repeated.Measure(peers, Block));
        }

        return (mine, theirs);
    }

    private static void Free<T>(T[] results)
        where T : IDisposable
    {
        foreach (var result in results)
            result.Dispose();
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private sealed record Finding(string Name, Trial Trial, bool Gradients, double Ours, double Peers)
    {
        public double Ratio => Peers / Ours;
    }
}
