namespace Nabla.Peers;

/// <summary>What this process gets of the machine just now, where others share caches, memory and cores with it: as little time as while it is alone, or more.</summary>
/// <param name="Read">Seconds in which one thread reads 16 MB: more than a core's own caches hold.</param>
/// <param name="Multiply">Seconds for 10^9 operations on registers, all threads together: more where another machine's thread runs on the same core.</param>
internal readonly record struct Probe(double Read, double Multiply)
{
    private const long Bytes = 16 << 20;
    private static readonly TimeSpan Length = TimeSpan.FromMilliseconds(20);

    public static Probe Take(int threads) => new(
        Bytes / BandwidthLimit.Measure(Bytes, writes: 0, threads: 1, Length),
        1e9 / FmaLimit.Measure("float32", threads, Length));

    /// <summary>The median of either figure.</summary>
    public static Probe Median(Probe[] probes) => new(
        Interval.Of([.. probes.Select(probe => probe.Read)]).Median,
        Interval.Of([.. probes.Select(probe => probe.Multiply)]).Median);

    /// <summary>The least of either figure.</summary>
    public static Probe Calmest(IEnumerable<Probe> probes) => probes.Aggregate((a, b) => new(Math.Min(a.Read, b.Read), Math.Min(a.Multiply, b.Multiply)));

    /// <summary>1 where both figures are as low as those of <paramref name="calmest"/>, more the more others take.</summary>
    public double Against(Probe calmest) => Read / calmest.Read * (Multiply / calmest.Multiply);
}
