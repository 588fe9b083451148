namespace Nabla.Peers;

/// <summary>Measures rows one after the other.</summary>
internal sealed class Runner(Engine engine, Pace pace)
{
    /// <exception cref="InvalidDataException">The sides of the row do not agree.</exception>
    public Measurement Run(Row row)
    {
        var kind = RowKinds.Of(row);
        double? before = Limit.Seconds(row, engine.Threads);
        var samples = kind.Measure(row, engine, pace);
        double? after = Limit.Seconds(row, engine.Threads);
        return new(row, kind.Unit, samples, before < after ? before : after); // the better: others on the machine can only slow it
    }
}
