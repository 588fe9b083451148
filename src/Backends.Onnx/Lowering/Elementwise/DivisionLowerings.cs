using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Quotients and remainders. The kernels of integers fault on a zero divisor and on the smallest integer by -1: neither reaches them.</summary>
internal static class DivisionLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(BinaryOp.FloorDivide.Kind, c => Lower(c, FloatFloor, (q, _) => q.Floor));
        column.Add(BinaryOp.TruncDivide.Kind, c => Lower(c, FloatTrunc, (q, _) => q.Trunc));
        column.Add(BinaryOp.Remainder.Kind, c => Lower(c, FloatRemainder, (q, _) => q.Remainder));
        column.Add(BinaryOp.Fmod.Kind, c => Lower(c, Fmod, (q, _) => q.Fmod));
    }

    /// <summary>Whether an operation divides, so that an integer zero on the right is an error.</summary>
    public static bool Divides(BinaryOp op) =>
        op.Kind == BinaryOp.FloorDivide.Kind || op.Kind == BinaryOp.TruncDivide.Kind || op.Kind == BinaryOp.Remainder.Kind || op.Kind == BinaryOp.Fmod.Kind;

    private static GraphValue[] Lower(
        LoweringCall c, Func<GraphBuilder, GraphValue, GraphValue, GraphValue> floats, Func<IntegerQuotient, LoweringCall, GraphValue> integers)
    {
        var (a, b) = BinaryLowerings.Operands(c);
        if (a.IsFloat)
            return c.Return(floats(c.Graph, a, b));
        return c.Return(integers(new IntegerQuotient(c, a, b), c));
    }

    private static GraphValue Fmod(GraphBuilder g, GraphValue a, GraphValue b) => g.Binary("Mod", a, b, GraphBuilder.Attribute("fmod", 1));

    private static GraphValue FloatTrunc(GraphBuilder g, GraphValue a, GraphValue b)
    {
        var quotient = g.Div(a, b);
        return g.Select(g.Less(quotient, 0), g.Unary("Ceil", quotient), g.Unary("Floor", quotient));
    }

    private static GraphValue FloatRemainder(GraphBuilder g, GraphValue a, GraphValue b)
    {
        var rest = Fmod(g, a, b);
        return g.Select(WrongSide(g, rest, b), g.Add(rest, b), rest);
    }

    /// <summary>Through the exact remainder, so that 1 / 0.1 gives 9, as PyTorch's does: the quotient alone would round up to 10.</summary>
    private static GraphValue FloatFloor(GraphBuilder g, GraphValue a, GraphValue b)
    {
        var rest = Fmod(g, a, b);
        var quotient = g.Div(g.Sub(a, rest), b);
        quotient = g.Select(WrongSide(g, rest, b), g.Add(quotient, -1), quotient);
        var floor = g.Unary("Floor", quotient);
        floor = g.Select(g.Greater(g.Sub(quotient, floor), 0.5), g.Add(floor, 1), floor);
        return g.Select(g.Equal(b, 0), g.Div(a, b), floor);
    }

    /// <summary>Whether a remainder is not zero and has not the divisor's sign.</summary>
    private static GraphValue WrongSide(GraphBuilder g, GraphValue rest, GraphValue b) =>
        g.And(g.Not(g.Equal(rest, 0)), g.Xor(g.Less(rest, 0), g.Less(b, 0)));

    /// <summary>The quotient of integers, guarded, and what follows from it; only what is asked for becomes nodes.</summary>
    private sealed class IntegerQuotient
    {
        private readonly GraphBuilder _g;
        private readonly GraphValue _a, _b;

        public IntegerQuotient(LoweringCall call, GraphValue a, GraphValue b)
        {
            (_g, _a, _b) = (call.Graph, a, b);
            var zero = _g.Equal(b, 0);
            bool known = ((BinaryOp)call.Op).Side == ScalarSide.Right; // refused at the call
            if (_g.Checked && !known && call.Outputs[0].Shape.ElementCount > 0)
            {
                var count = _g.ReduceAll("ReduceSum", _g.Cast(zero, OnnxType.Int64));
                _g.Check(new(CheckKind.ZeroDivisor, call.Op, _g.Reshape(count, [1]), 0));
            }

            var minusOne = _g.Equal(b, -1);
            var safe = _g.Select(_g.Or(zero, minusOne), 1, b);
            Trunc = _g.Select(minusOne, _g.Neg(a), _g.Div(a, safe));
        }

        public GraphValue Trunc { get; }

        public GraphValue Fmod => _g.Sub(_a, _g.Mul(Trunc, _b));

        public GraphValue Remainder
        {
            get
            {
                var rest = Fmod;
                return _g.Select(WrongSide(_g, rest, _b), _g.Add(rest, _b), rest);
            }
        }

        public GraphValue Floor => _g.Select(WrongSide(_g, Fmod, _b), _g.Add(Trunc, -1), Trunc);
    }
}
