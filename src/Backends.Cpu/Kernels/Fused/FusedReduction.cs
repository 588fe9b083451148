namespace Nabla;

/// <summary>A composite that reduces: in the way of <see cref="ReduceKernel"/>, in one pass over memory. Half types compute in float32.</summary>
/// <param name="axes">The dimensions that the operation combines.</param>
/// <param name="divisor">What the result is divided by, from how many elements are combined and the call's scalars.</param>
internal sealed unsafe class FusedReduction<TOp, TSum>(FusedReduction<TOp, TSum>.AxesOf axes, FusedReduction<TOp, TSum>.DivisorOf divisor) : FusedKernel
    where TOp : struct, IReduction<float, TSum>
    where TSum : unmanaged
{
    public delegate ReadOnlySpan<int> AxesOf(Op op);

    public delegate double DivisorOf(long count, ReadOnlySpan<Scalar> scalars);

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => IsSingle(inputs[0].DType);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var x = call.Inputs[0];
        var type = ElementType.Of(x.DType);
        var output = new DenseOutput(device, call, outputs);
        ReduceNest.Create(x.Shape, x.Layout.Strides, axes(call.Op), type.Size, out var nest);
        Reducer<TOp, float, TSum>.Run(device, &nest, Operand.Host(x), type, output.Pointer, divisor(nest.Count, call.Scalars));
        output.Finish();
    }
}
