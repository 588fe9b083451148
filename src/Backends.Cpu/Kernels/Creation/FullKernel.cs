namespace Nabla;

/// <summary><see cref="FullOp"/>.</summary>
internal sealed class FullKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var y = Output(device, call, outputs);
        Copies.Fill(device.Workers, y, call.Scalars[0]);
    }
}
