namespace Nabla;

/// <summary>One scalar of a compiled graph.</summary>
/// <param name="Node">Position of the node that it belongs to.</param>
/// <param name="Index">Which of the node's scalars.</param>
/// <param name="DType">What it is converted to, and handed over in the type in which that computes.</param>
internal readonly record struct ScalarSlot(int Node, int Index, DType DType);

/// <summary>Makes scalars inputs of the graph, so that a changed learning rate needs no other graph.</summary>
internal sealed class ScalarInputs : IScalarSource
{
    private readonly List<ScalarSlot> _slots = [];
    private readonly List<GraphValue> _values = [];

    /// <summary>The node that is being lowered.</summary>
    public int Node { get; set; }

    public IReadOnlyList<ScalarSlot> Slots => _slots;

    public IReadOnlyList<GraphValue> Values => _values;

    public GraphValue Scalar(GraphBuilder graph, int index, DType dtype)
    {
        var slot = new ScalarSlot(Node, index, dtype);
        for (int i = _slots.Count - 1; i >= 0 && _slots[i].Node == Node; i--)
            if (_slots[i] == slot)
                return _values[i];
        var value = graph.Input($"s{_slots.Count}", dtype.Onnx().Compute(), Shape.Scalar);
        _slots.Add(slot);
        _values.Add(value);
        return value;
    }
}
