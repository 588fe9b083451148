namespace Nabla;

/// <summary>An elementwise function of two operands, one of which may be a scalar.</summary>
internal sealed unsafe class BinaryKernel(Func<DType, Row> rows) : CpuKernel
{
    private readonly RowTable _rows = new(rows);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (BinaryOp)call.Op;
        var first = call.Inputs[0];
        var type = ElementType.Of(first.DType);
        var row = _rows[first.DType];
        var y = Output(device, call, outputs);
        if (op.Side == ScalarSide.None)
        {
            ElementwiseLoop.Run(device.Workers, row, new(y, ElementType.Of(y.DType)), new(first, type), new(call.Inputs[1], type));
            return;
        }

        ulong storage = 0;
        Operand tensor = new(first, type), scalar = Scalars.Operand(call.Scalars[0], op.ScalarType(first.DType), &storage);
        if (op.Side == ScalarSide.Left)
            ElementwiseLoop.Run(device.Workers, row, new(y, ElementType.Of(y.DType)), scalar, tensor);
        else
            ElementwiseLoop.Run(device.Workers, row, new(y, ElementType.Of(y.DType)), tensor, scalar);
    }
}
