namespace Nabla.Peers;

/// <summary>Measures rows one after the other.</summary>
internal sealed class Runner(Engine engine, Pace pace)
{
    /// <exception cref="InvalidDataException">The sides of the row do not agree.</exception>
    public Measurement Run(Row row)
    {
        using var contest = RowKinds.Open(row, engine);
        contest.CheckAgreement(row.Name);
        double? limit = Limit.Seconds(row, engine.Threads);
        var (ours, peer) = Duel.Run(contest, pace);
        double mean = GeometricMean(ours);
        return new(row, "s", mean, GeometricMean(peer), Interval.OfRatios([.. peer.Zip(ours, (p, o) => p / o)]), limit / mean * 100);
    }

    private static double GeometricMean(double[] values) => Math.Exp(values.Average(Math.Log));
}
