namespace Nabla;

/// <summary>What a gradient row sees: the gradients of the outputs, and the saved tensors that it declares.</summary>
internal readonly ref struct BackwardContext
{
    private readonly OpNode _node;
    private readonly ReadOnlySpan<Tensor?> _gradients;
    private readonly ulong _wanted;
    private readonly bool _createGraph, _claimed;

    public BackwardContext(OpNode node, ReadOnlySpan<Tensor?> gradients, ulong wanted, bool createGraph, bool claimed)
    {
        _node = node;
        _gradients = gradients;
        _wanted = wanted;
        _createGraph = createGraph;
        _claimed = claimed;
    }

    /// <summary>The gradient of the only output.</summary>
    public Tensor Grad => _gradients[0] ?? Tensor.Zeros(_node.OutputSpec(0).Shape, _node.OutputSpec(0).DType, new Device(_node.Device!));

    /// <summary>The gradient of an output; null stands for zeros.</summary>
    public Tensor? GradOf(int output) => _gradients[output];

    public Op Op => _node.Op;

    public ReadOnlySpan<Scalar> Scalars => _node.Scalars;

    /// <summary>A saved input.</summary>
    public Tensor Input(int index) => _node.Saved(SaveMask.Input(index), _createGraph, _claimed);

    /// <summary>A saved output.</summary>
    public Tensor Output(int index = 0) => _node.Saved(SaveMask.Output(index), _createGraph, _claimed);

    public TensorSpec InputSpec(int index) => _node.InputSpec(index);

    public TensorSpec OutputSpec(int index) => _node.OutputSpec(index);

    public int InputCount => _node.InputCount;

    /// <summary>Whether the gradient of an input leads anywhere.</summary>
    public bool Wants(int input) => (_wanted >> Math.Min(input, 63) & 1) != 0;

    /// <summary>The left operand of a binary op: a saved tensor, or its scalar as a tensor.</summary>
    public Tensor A => Operand(ScalarSide.Left, 0);

    /// <summary>The right operand of a binary op: a saved tensor, or its scalar as a tensor.</summary>
    public Tensor B => Operand(ScalarSide.Right, 1);

    private Tensor Operand(ScalarSide scalarSide, int position)
    {
        var side = ((BinaryOp)_node.Op).Side;
        if (side != scalarSide)
            return Input(side == ScalarSide.None ? position : 0);
        return Tensor.Full([], _node.Scalars[0], _node.InputSpec(0).DType, new Device(_gradients[0]!.Data.Device));
    }
}
