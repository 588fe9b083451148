namespace Nabla;

/// <summary><see cref="SliceScatterOp"/>.</summary>
internal sealed class SliceScatterKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var slice = ((SliceScatterOp)call.Op).Slice;
        var output = new DenseOutput(device, call, outputs);
        Copies.Run(device.Workers, output.Tensor, call.Inputs[0]);
        SlicedWrites.Run(device.Workers, output.Tensor, call.Inputs[1], slice.Starts.AsSpan(), slice.Steps.AsSpan());
        output.Finish();
    }
}
