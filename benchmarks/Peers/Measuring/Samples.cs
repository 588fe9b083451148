namespace Nabla.Peers;

/// <summary>Figures of neighbouring blocks, a pair at each index; smaller is better.</summary>
internal readonly record struct Samples(double[] Ours, double[] Peer)
{
    public static Samples Of(int pairs, Func<int, double> ours, Func<int, double> peer)
    {
        var samples = new Samples(new double[pairs], new double[pairs]);
        for (int pair = 0; pair < pairs; pair++)
        {
            samples.Ours[pair] = ours(pair);
            samples.Peer[pair] = peer(pair);
        }

        return samples;
    }

    /// <summary>The peer's figures by ours, pair by pair.</summary>
    public Interval Ratio() => Interval.Of([.. Peer.Zip(Ours, (peer, ours) => peer / ours)]);
}
