namespace Nabla.Peers;

/// <summary>Measures rows one after the other.</summary>
internal sealed class Runner(Engine engine, Pace pace)
{
    /// <exception cref="InvalidDataException">The sides of the row do not agree.</exception>
    public Measurement Run(Row row)
    {
        var kind = RowKinds.Of(row);
        return new(row, kind.Unit, kind.Measure(row, engine, pace));
    }
}
