namespace Nabla;

/// <summary><see cref="CopyOp"/>.</summary>
internal sealed class CopyKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var y = Output(device, call, outputs);
        Copies.Run(device.Workers, y, call.Inputs[0]);
    }
}
