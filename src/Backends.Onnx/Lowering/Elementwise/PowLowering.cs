using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Powers. The kernel of integers goes through float64, which neither wraps nor is exact: squaring does both.</summary>
internal static class PowLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(BinaryOp.Pow.Kind, c =>
    {
        var (a, b) = BinaryLowerings.Operands(c);
        return c.Return(a.IsFloat ? c.Graph.Binary("Pow", a, b) : Integer(c.Graph, a, b, (c.ResultType.Size() * 8) - 1));
    });

    private static GraphValue Integer(GraphBuilder g, GraphValue a, GraphValue b, int bits)
    {
        var exponent = g.Cast(g.Cast(b, OnnxType.Int64), OnnxType.Uint64);
        GraphValue result = g.Number(a.Type, 1L), square = a;
        // An exponent of an unsigned byte has eight bits, of the signed types one less than their width.
        for (int bit = 0; bit < bits + 1; bit++)
        {
            var digit = g.Binary("BitwiseAnd", g.Shift(exponent, g.Number(OnnxType.Uint64, (long)bit), left: false), g.Number(OnnxType.Uint64, 1L));
            result = g.Mul(result, g.Select(g.Cast(digit, OnnxType.Bool), square, 1));
            square = g.Mul(square, square);
        }

        // 1 / a^-b, truncated: 0 but for the units.
        var odd = g.Cast(g.Binary("BitwiseAnd", exponent, g.Number(OnnxType.Uint64, 1L)), OnnxType.Bool);
        var negative = g.Select(g.Equal(a, 1), 1, g.Select(g.Equal(a, -1), g.Select(odd, -1, g.Number(a.Type, 1L)), g.Number(a.Type, 0L)));
        return g.Select(g.Less(b, 0), negative, result);
    }
}
