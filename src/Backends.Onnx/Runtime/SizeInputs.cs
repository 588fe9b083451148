namespace Nabla;

/// <summary>
/// Makes numbers that come from shapes inputs of the graph, and leaves the sizes of its inputs and outputs open, so that the same model
/// serves every size at which the lowerings decide alike.
/// </summary>
internal sealed class SizeInputs : ISizeSource
{
    private readonly List<long[]> _vectors = [];
    private readonly List<GraphValue> _values = [];

    /// <summary>The numbers in the case at hand.</summary>
    public IReadOnlyList<long[]> Vectors => _vectors;

    /// <summary>The inputs that take them.</summary>
    public IReadOnlyList<GraphValue> Values => _values;

    public bool AreOpen => true;

    public GraphValue Vector(GraphBuilder graph, ReadOnlySpan<long> sizes)
    {
        if (sizes.IsEmpty)
            return graph.Ints([]);
        // How many there are is part of the model: it tells the rank of what is reshaped.
        var value = graph.SizeInput($"z{_vectors.Count}", sizes.Length);
        _vectors.Add(sizes.ToArray());
        _values.Add(value);
        return value;
    }
}
