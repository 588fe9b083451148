namespace Nabla;

/// <summary>A composite that runs in one go for some inputs. Which ones depends on the operation and the specifications alone.</summary>
internal abstract class FusedKernel : CpuKernel
{
    public abstract bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs);

    /// <summary>Float32, and the half types, which compute in it.</summary>
    public static bool IsSingle(DType dtype) => dtype.Accumulator() == DType.Float32;

    /// <summary>The same of a tensor that has elements along a dimension.</summary>
    protected static bool IsSingleAlongDim(in TensorSpec x) => IsSingle(x.DType) && x.Shape.ElementCount > 0 && x.Shape.Rank > 0;
}

/// <summary>An elementwise composite with a kernel like a primitive's.</summary>
internal sealed class FusedElementwise(CpuKernel kernel, Func<DType, bool> claims) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => claims(inputs[0].DType);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) => kernel.Run(device, call, outputs);

    public override Row? RowOf(Op op, DType dtype) => claims(dtype) ? kernel.RowOf(op, dtype) : null;
}
