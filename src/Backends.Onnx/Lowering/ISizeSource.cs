namespace Nabla;

/// <summary>
/// Decides what becomes of the numbers that come from shapes: inputs of the graph when running. An exporter may lower the same program for
/// several sizes, compare the numbers (they are asked for in the same order each time), and answer with expressions of dynamic dimensions.
/// </summary>
internal interface ISizeSource
{
    /// <summary>Whether inputs and outputs are declared without their sizes.</summary>
    bool AreOpen => false;

    /// <summary>A one-dimensional int64 value with these elements in the case at hand.</summary>
    GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes);
}
