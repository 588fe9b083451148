using System.Runtime;

namespace Nabla.Peers;

/// <summary>Measures the two sides of a row in turn, so that both see the same state of the machine.</summary>
internal static class Duel
{
    private const int QuietWarmUps = 3, MostWarmUps = 40; // three are longer than the JIT waits before it compiles again what is called often
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(70), Approach = TimeSpan.FromMilliseconds(5);

    /// <summary>Blocks of either side, and of the limit beside them: seconds of a call.</summary>
    public static Samples Run(Contest contest, int threads, Pace pace, Limit? limit)
    {
        Settle(contest.Ours); // on the inputs of the comparison of values
        Settle(contest.Peer);
        return Samples.Of(threads, pace.Pairs, pair => Block(contest.Ours, pace, pair), pair => Block(contest.Peer, pace, pair), limit is null ? null : _ => limit.Measure(pace));
    }

    /// <summary>Until the JIT has had nothing to compile for a while.</summary>
    private static void Settle(Side side)
    {
        int quiet = 0;
        for (int i = 0; i < MostWarmUps && quiet < QuietWarmUps; i++)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            Repeated.Measure(side.Run, WarmUp);
            quiet = JitInfo.GetCompiledMethodCount() == compiled ? quiet + 1 : 0;
        }
    }

    private static double Block(Side side, Pace pace, int pair)
    {
        side.Prepare((ulong)pair);
        GC.Collect(); // what the other side dropped is not collected at this one's cost
        GC.WaitForPendingFinalizers();
        Thread.Sleep(pace.Pause);
        Repeated.Measure(side.Run, Approach); // threads awake, inputs where one call leaves them
        return Repeated.Measure(side.Run, pace.Block);
    }
}
