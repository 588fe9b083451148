namespace Nabla;

/// <summary><see cref="ConcatOp"/>.</summary>
internal sealed class ConcatKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        int axis = ((ConcatOp)call.Op).Axis;
        var output = new DenseOutput(device, call, outputs);
        Span<long> starts = stackalloc long[output.Tensor.Shape.Rank];
        starts.Clear();
        foreach (var input in call.Inputs)
        {
            SlicedWrites.Run(device.Workers, output.Tensor, input, starts, default);
            starts[axis] += input.Shape[axis];
        }

        output.Finish();
    }
}
