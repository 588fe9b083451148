namespace Nabla;

/// <summary>An elementwise function of one tensor.</summary>
internal sealed class UnaryKernel(Func<DType, Row> rows) : CpuKernel
{
    private readonly RowTable _rows = new(rows);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var x = call.Inputs[0];
        var row = _rows[x.DType];
        var y = Output(device, call, outputs);
        ElementwiseLoop.Run(device.Workers, row, new(y, ElementType.Of(y.DType)), new(x, ElementType.Of(x.DType)));
    }

    public override Row? RowOf(Op op, DType dtype) => _rows[dtype];
}
