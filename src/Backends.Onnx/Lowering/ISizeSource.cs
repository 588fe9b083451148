namespace Nabla;

/// <summary>
/// Decides what becomes of the numbers that come from shapes. When running, constants. An exporter may lower the same program for several
/// sizes, compare the numbers (they are asked for in the same order each time), and answer with expressions of dynamic dimensions.
/// </summary>
internal interface ISizeSource
{
    /// <summary>A one-dimensional int64 value with these elements in the case at hand.</summary>
    GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes);
}

/// <summary>Sizes as constants of the graph.</summary>
internal sealed class ConstantSizes : ISizeSource
{
    public static ConstantSizes Instance { get; } = new();

    public GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes) => graph.Ints(sizes);
}
