namespace Nabla;

/// <summary>What a tensor with a graph becomes when a constant is written over it: a result on which nothing depends.</summary>
internal sealed class ConstantNode(TensorSpec spec) : Node([])
{
    public override string Name => "constant";

    public override TensorSpec OutputSpec(int output) => spec;

    public override void Backward(ReadOnlySpan<Tensor?> gradients, Span<Tensor?> results, ulong wanted, bool createGraph, bool claimed)
    {
        // The value does not depend on anything: there is nothing to pass on.
    }
}
