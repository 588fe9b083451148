namespace Nabla;

/// <summary><see cref="CopyOp"/>.</summary>
internal sealed class CopyKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var y = call.Target(0) ?? device.Allocate(call.OutputSpecs[0]);
        Copies.Run(device.Workers, y, call.Inputs[0]);
        outputs[0] = y;
    }
}
