namespace Nabla;

/// <summary>
/// A value of the graph without its numbers: what it is, and where its gradient goes. The fields of a <see cref="TensorSpec"/> and an
/// <see cref="Edge"/> lie together here, as every node holds those of its inputs.
/// </summary>
internal readonly struct GraphValue(in TensorSpec spec, Edge edge)
{
    /// <summary>The node that takes the gradient; null where none is asked for.</summary>
    public readonly Node? Node = edge.Node;

    private readonly Shape _shape = spec.Shape;
    private readonly int _output = edge.Output;
    private readonly DType _dtype = spec.DType;

    public TensorSpec Spec => new(_dtype, _shape);

    public Edge Edge => new(Node, _output);
}
