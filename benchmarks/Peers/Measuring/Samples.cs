namespace Nabla.Peers;

/// <summary>Figures of neighbouring blocks, one of each side at each index; smaller is better.</summary>
/// <param name="Ours">Nabla's.</param>
/// <param name="Peer">The peer's.</param>
/// <param name="Limit">What the machine allowed at best beside them; empty where the row has no limit.</param>
/// <param name="Probes">What the machine gave after each pair.</param>
internal readonly record struct Samples(double[] Ours, double[] Peer, double[] Limit, Probe[] Probes)
{
    /// <summary>Measures in turn, forth and back, so that neither side always comes first; the limit is next to ours.</summary>
    public static Samples Of(int threads, int pairs, Func<int, double> ours, Func<int, double> peer, Func<int, double>? limit = null)
    {
        var samples = new Samples(new double[pairs], new double[pairs], new double[limit is null ? 0 : pairs], new Probe[pairs]);
        Action<int>[] turns =
        [
            pair => samples.Peer[pair] = peer(pair),
            pair => samples.Ours[pair] = ours(pair),
            .. limit is null ? Array.Empty<Action<int>>() : [pair => samples.Limit[pair] = limit(pair)],
        ];
        for (int pair = 0; pair < pairs; pair++)
        {
            foreach (var turn in pair % 2 == 0 ? turns.Reverse() : turns)
                turn(pair);
            samples.Probes[pair] = Probe.Take(threads);
        }

        return samples;
    }

    /// <summary>The peer's figures by ours, pair by pair.</summary>
    public Interval Ratio() => Interval.Of([.. Peer.Zip(Ours, (peer, ours) => peer / ours)]);

    /// <summary>Seconds, or what else is measured, that ours takes more than the peer, pair by pair.</summary>
    public Interval Difference() => Interval.Of([.. Ours.Zip(Peer, (ours, peer) => ours - peer)]);

    /// <summary>
    /// The limits by ours, in percent; null where the row has none. A pair beyond <paramref name="possible"/> does not count: others took the machine in its
    /// block of the limit, and the row would gain by it.
    /// </summary>
    public Interval? LimitPercent(double possible)
    {
        double[] percents = [.. Limit.Zip(Ours, (limit, ours) => 100 * limit / ours).Where(percent => percent <= possible)];
        return percents.Length == 0 ? null : Interval.Of(percents);
    }
}
