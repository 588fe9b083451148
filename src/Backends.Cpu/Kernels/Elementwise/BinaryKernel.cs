namespace Nabla;

/// <summary>An elementwise function of two operands, one of which may be a scalar.</summary>
internal sealed unsafe class BinaryKernel(Func<DType, Row> rows) : CpuKernel
{
    private readonly RowTable _rows = new(rows);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var side = ((BinaryOp)call.Op).Side;
        var first = call.Inputs[0];
        var type = ElementType.Of(first.DType);
        var row = _rows[first.DType];
        ulong scalar = 0;
        var a = side == ScalarSide.Left ? Scalars.Operand(call.Scalars[0], first.DType, &scalar) : new Operand(first, type);
        var b = side switch
        {
            ScalarSide.None => new Operand(call.Inputs[1], type),
            ScalarSide.Left => new Operand(first, type),
            _ => Scalars.Operand(call.Scalars[0], first.DType, &scalar),
        };
        var y = Output(device, call, outputs);
        ElementwiseLoop.Run(device.Workers, row, new(y, ElementType.Of(y.DType)), a, b);
    }
}
