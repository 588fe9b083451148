namespace Nabla;

/// <summary><see cref="AssertOp"/>.</summary>
internal sealed unsafe class AssertKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (AssertOp)call.Op;
        using (var condition = new DenseInput(device, call.Inputs[0]))
        {
            if (new ReadOnlySpan<byte>(condition.Pointer, (int)call.Inputs[0].Shape.ElementCount).Contains((byte)0))
                throw op.Failure();
        }

        var y = Output(device, call, outputs);
        Copies.Fill(device.Workers, y, 0);
    }
}
