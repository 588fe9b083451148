namespace Nabla.Peers;

/// <summary>Time of a call: both sides in this process.</summary>
/// <param name="ours">Makes Nabla's side.</param>
/// <param name="peer">Makes the other.</param>
/// <param name="tolerance">How far values may differ, relative to the largest.</param>
internal sealed class CallKind(Func<Row, Engine, Side> ours, Func<Row, Engine, Side> peer, Func<Row, double> tolerance) : RowKind
{
    /// <summary>For a chain of float32 operations with long sums.</summary>
    public const double Float32Tolerance = 1e-4;

    public override string Unit => "s";

    public Side Ours(Row row, Engine engine) => ours(row, engine);

    public Side Peer(Row row, Engine engine) => peer(row, engine);

    public override Samples Measure(Row row, Engine engine, Pace pace)
    {
        using var contest = new Contest(ours(row, engine), peer(row, engine), tolerance(row));
        contest.CheckAgreement(row.Name);
        return Duel.Run(contest, engine.Threads, pace, Limit.Of(row, engine.Threads));
    }
}
