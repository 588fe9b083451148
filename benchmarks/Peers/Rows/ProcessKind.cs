namespace Nabla.Peers;

/// <summary>A figure of child processes, started in turn.</summary>
internal sealed class ProcessKind(string unit, int pairs, Func<Row, Engine, double> ours, Func<Row, Engine, double> peer) : RowKind
{
    public override string Unit => unit;

    public override Samples Measure(Row row, Engine engine, Pace pace)
    {
        return Samples.Of(engine.Threads, pairs, _ => ours(row, engine), _ => peer(row, engine));
    }
}
