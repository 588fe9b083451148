namespace Nabla;

/// <summary>One of two kernels, by an attribute of the operation.</summary>
internal sealed class ByVariant(Func<Op, bool> first, CpuKernel ifTrue, CpuKernel ifFalse) : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) =>
        Of(call.Op).Run(device, call, outputs);

    public override Row? RowOf(Op op, DType dtype) => Of(op).RowOf(op, dtype);

    private CpuKernel Of(Op op) => first(op) ? ifTrue : ifFalse;
}
