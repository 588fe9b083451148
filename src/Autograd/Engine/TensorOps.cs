namespace Nabla;

/// <summary>Emits operations on tensors: a composite without a gradient row of its own is recorded as its parts.</summary>
/// <param name="device">Where operations without inputs create; null for the default.</param>
internal sealed class TensorOps(IDevice? device = null) : IOps<Tensor>
{
    public static readonly TensorOps Instance = new();

    public TensorSpec Spec(Tensor value) => value.Data.Spec;

    public void Emit(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars, Span<Tensor> outputs)
    {
        if (op is ViewOp view)
        {
            outputs[0] = inputs[0].Apply(view);
            return;
        }

        using AmbientScope? scope = inputs.IsEmpty && device is not null ? DeviceHandles.Of(device).AsDefault() : null;
        Tensor.Apply(op, inputs, scalars, outputs);
    }
}
