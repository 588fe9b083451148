namespace Nabla;

/// <summary><see cref="FullOp"/>.</summary>
internal sealed class FullKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var y = call.Target(0) ?? device.Allocate(call.OutputSpecs[0]);
        Copies.Fill(device.Workers, y, call.Scalars[0]);
        outputs[0] = y;
    }
}
