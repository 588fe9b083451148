using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of the elementwise functions of two operands.</summary>
internal static class BinaryLowerings
{
    private delegate GraphValue Function(GraphBuilder graph, GraphValue a, GraphValue b);

    public static void AddTo(OpColumn<Lowering> column)
    {
        Compute(column, BinaryOp.Add, (g, a, b) => g.Add(a, b));
        Compute(column, BinaryOp.Sub, (g, a, b) => g.Sub(a, b));
        Compute(column, BinaryOp.Mul, (g, a, b) => g.Mul(a, b));
        Compute(column, BinaryOp.Div, (g, a, b) => g.Div(a, b));
        Compute(column, BinaryOp.Maximum, (g, a, b) => Extreme(g, "Max", a, b));
        Compute(column, BinaryOp.Minimum, (g, a, b) => Extreme(g, "Min", a, b));
        // ONNX does not see the sign bit of NaN: it counts as clear, as it is in PyTorch's NaN (in .NET's double.NaN it is set).
        Compute(column, BinaryOp.Copysign, (g, a, b) => DoubleMath.WithSign(g, g.Abs(a), b));
        Wide(column, BinaryOp.Atan2, DoubleMath.Atan2);
        Wide(column, BinaryOp.Hypot, DoubleMath.Hypot);

        Compare(column, BinaryOp.Eq, (g, a, b) => g.Equal(a, b));
        Compare(column, BinaryOp.Ne, (g, a, b) => g.Not(g.Equal(a, b)));
        Compare(column, BinaryOp.Lt, (g, a, b) => g.Less(a, b));
        Compare(column, BinaryOp.Le, (g, a, b) => g.Compare("LessOrEqual", a, b));
        Compare(column, BinaryOp.Gt, (g, a, b) => g.Compare("Greater", a, b));
        Compare(column, BinaryOp.Ge, (g, a, b) => g.Compare("GreaterOrEqual", a, b));

        Bits(column, BinaryOp.LogicalAnd, "And", "And");
        Bits(column, BinaryOp.LogicalOr, "Or", "Or");
        Bits(column, BinaryOp.LogicalXor, "Xor", "Xor");
        Bits(column, BinaryOp.BitwiseAnd, "And", "BitwiseAnd");
        Bits(column, BinaryOp.BitwiseOr, "Or", "BitwiseOr");
        Bits(column, BinaryOp.BitwiseXor, "Xor", "BitwiseXor");
    }

    /// <summary>Both operands in the computing type, a scalar in place of one of them.</summary>
    public static (GraphValue A, GraphValue B) Operands(LoweringCall call)
    {
        var op = (BinaryOp)call.Op;
        if (op.Side == ScalarSide.None)
            return (call.Computed(0), call.Computed(1));
        var (tensor, scalar) = (call.Computed(0), call.Scalar(0, op.ScalarType(Of(call.Inputs[0].Type))));
        return op.Side == ScalarSide.Left ? (scalar, tensor) : (tensor, scalar);
    }

    private static DType Of(OnnxType type) => DTypes.All.First(d => d.Onnx() == type);

    private static void Compute(OpColumn<Lowering> column, BinaryOp op, Function function) => column.Add(op.Kind, c =>
    {
        var (a, b) = Operands(c);
        return c.Return(function(c.Graph, a, b));
    });

    private static void Compare(OpColumn<Lowering> column, BinaryOp op, Function function) => column.Add(op.Kind, c =>
    {
        var (a, b) = Operands(c);
        if (a.Type == OnnxType.Uint8) // of bools, which not all comparisons take
            (a, b) = (c.Graph.Cast(a, OnnxType.Int32), c.Graph.Cast(b, OnnxType.Int32));
        return [function(c.Graph, a, b)];
    });

    private static void Wide(OpColumn<Lowering> column, BinaryOp op, Function function) => column.Add(op.Kind, c =>
    {
        var (a, b) = Operands(c);
        return c.Return(function(c.Graph, c.Graph.Cast(a, OnnxType.Double), c.Graph.Cast(b, OnnxType.Double)));
    });

    private static void Bits(OpColumn<Lowering> column, BinaryOp op, string ofBools, string ofIntegers) => column.Add(op.Kind, c =>
    {
        var (a, b) = Operands(c);
        if (c.Inputs[0].Type != OnnxType.Bool)
            return c.Return(c.Graph.Binary(ofIntegers, a, b));
        return [c.Graph.Binary(ofBools, c.Graph.Cast(a, OnnxType.Bool), c.Graph.Cast(b, OnnxType.Bool))];
    });

    private static GraphValue Extreme(GraphBuilder g, string op, GraphValue a, GraphValue b) => g.Binary(op, a, b);
}
