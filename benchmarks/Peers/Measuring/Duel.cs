namespace Nabla.Peers;

/// <summary>Measures the two sides of a row in turn, so that both see the same state of the machine.</summary>
internal static class Duel
{
    private const int LeastWarmUps = 2, MostWarmUps = 10;
    private const double Settled = 0.95;
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(70), Approach = TimeSpan.FromMilliseconds(5);

    /// <summary>Blocks of either side: seconds of a call.</summary>
    public static Samples Run(Contest contest, Pace pace)
    {
        Settle(contest.Ours); // on the inputs of the comparison of values
        Settle(contest.Peer);
        return Samples.Of(pace.Pairs, pair => Block(contest.Ours, pace, (ulong)pair), pair => Block(contest.Peer, pace, (ulong)pair));
    }

    /// <summary>Until the JIT has done what it will, and pools have their size: the time of a call no longer falls.</summary>
    private static void Settle(Side side)
    {
        double last = Repeated.Measure(side.Run, WarmUp);
        for (int i = 1; i < MostWarmUps; i++)
        {
            double now = Repeated.Measure(side.Run, WarmUp);
            if (i >= LeastWarmUps && now > last * Settled)
                return;
            last = now;
        }
    }

    private static double Block(Side side, Pace pace, ulong seed)
    {
        side.Prepare(seed);
        Thread.Sleep(pace.Pause);
        Repeated.Measure(side.Run, Approach); // threads awake, inputs where one call leaves them
        return Repeated.Measure(side.Run, pace.Block);
    }
}
