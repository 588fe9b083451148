namespace Nabla;

/// <summary>Emits operations on tensors: a composite without a gradient row of its own is recorded as its parts.</summary>
internal sealed class TensorOps : IOps<Tensor>
{
    public static readonly TensorOps Instance = new();

    public TensorSpec Spec(Tensor value) => value.Data.Spec;

    public void Emit(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars, Span<Tensor> outputs)
    {
        if (op is ViewOp view)
            outputs[0] = inputs[0].Apply(view);
        else
            Tensor.Apply(op, inputs, scalars, outputs);
    }
}
