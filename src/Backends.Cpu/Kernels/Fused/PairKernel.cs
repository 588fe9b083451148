namespace Nabla;

/// <summary>An elementwise composite of two tensors.</summary>
internal sealed class PairKernel(Func<DType, Row> rows) : CpuKernel
{
    private readonly RowTable _rows = new(rows);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var type = ElementType.Of(call.Inputs[0].DType);
        var y = Output(device, call, outputs);
        ElementwiseLoop.Run(device.Workers, _rows[y.DType], new(y, type), new(call.Inputs[0], type), new(call.Inputs[1], type));
    }
}
