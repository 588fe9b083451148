using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Shifts of integers, through uint64: the kernel has unsigned types only, and its result is not determined beyond the width.</summary>
internal static class ShiftLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(BinaryOp.ShiftLeft.Kind, c => Lower(c, left: true));
        column.Add(BinaryOp.ShiftRight.Kind, c => Lower(c, left: false));
    }

    private static GraphValue[] Lower(LoweringCall c, bool left)
    {
        var g = c.Graph;
        var (a, b) = BinaryLowerings.Operands(c);
        (a, b) = (g.Cast(a, OnnxType.Int64), g.Cast(b, OnnxType.Int64));
        var outside = g.Or(g.Less(b, 0), g.AtLeast(b, c.ResultType.Size() * 8));
        var by = g.Cast(g.Select(outside, 0, b), OnnxType.Uint64);
        if (left)
            return c.Return(g.Select(outside, 0, g.Cast(g.Shift(g.Cast(a, OnnxType.Uint64), by, left: true), OnnxType.Int64)));
        // A negative number shifts as the complement of its complement, so that ones come in from above.
        var negative = g.Less(a, 0);
        var bits = g.Select(negative, g.Unary("BitwiseNot", a), a);
        var shifted = g.Cast(g.Shift(g.Cast(bits, OnnxType.Uint64), by, left: false), OnnxType.Int64);
        var value = g.Select(negative, g.Unary("BitwiseNot", shifted), shifted);
        return c.Return(g.Select(outside, g.Select(negative, -1, g.Number(OnnxType.Int64, 0L)), value));
    }
}
