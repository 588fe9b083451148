namespace Nabla;

/// <summary><see cref="PadOp"/>.</summary>
internal sealed class PadKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        Copies.Fill(device.Workers, output.Tensor, call.Scalars[0]);
        SlicedWrites.Run(device.Workers, output.Tensor, call.Inputs[0], ((PadOp)call.Op).Before.AsSpan(), default);
        output.Finish();
    }
}
