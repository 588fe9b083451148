namespace Nabla.Peers;

/// <summary>What rows of a kind measure, and how.</summary>
internal abstract class RowKind
{
    /// <summary>Of the figures: s, MB.</summary>
    public abstract string Unit { get; }

    /// <exception cref="InvalidDataException">The two sides do not compute the same.</exception>
    public abstract Samples Measure(Row row, Engine engine, Pace pace);
}
