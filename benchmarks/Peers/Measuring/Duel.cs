namespace Nabla.Peers;

/// <summary>Measures the two sides of a row in turn, so that both see the same state of the machine.</summary>
internal static class Duel
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(150), Approach = TimeSpan.FromMilliseconds(5);

    /// <summary>Blocks of either side: seconds of a call.</summary>
    public static (double[] Ours, double[] Peer) Run(Contest contest, Pace pace)
    {
        Block.Measure(contest.Ours, WarmUp); // the inputs of the comparison of values are there still; lets the JIT finish
        Block.Measure(contest.Peer, WarmUp);
        var (ours, peer) = (new double[pace.Pairs], new double[pace.Pairs]);
        for (int pair = 0; pair < pace.Pairs; pair++)
        {
            ours[pair] = One(contest.Ours, pace, (ulong)pair);
            peer[pair] = One(contest.Peer, pace, (ulong)pair);
        }

        return (ours, peer);
    }

    private static double One(Side side, Pace pace, ulong seed)
    {
        side.Prepare(seed);
        Thread.Sleep(pace.Pause);
        Block.Measure(side, Approach); // threads awake, inputs where one call leaves them
        return Block.Measure(side, pace.Block);
    }
}
