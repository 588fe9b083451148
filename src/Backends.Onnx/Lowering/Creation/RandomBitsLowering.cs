using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// Lowering of random_bits: Philox4x32-10 in uint64, which holds the products of 32-bit words whole. The same bits as
/// <see cref="Philox"/> gives.
/// </summary>
internal static class RandomBitsLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(RandomBitsOp.Row, c =>
    {
        var shape = ((RandomBitsOp)c.Op).Shape;
        var g = c.Graph;
        long count = shape.ElementCount;
        if (count == 0)
            return [g.Fill(OnnxType.Int32, 0, shape)];
        var key = g.Cast(c.Scalar(0, DType.Int64), OnnxType.Uint64);
        var counter = g.Cast(g.Add(Blocks(g, count), c.Scalar(1, DType.Int64)), OnnxType.Uint64);
        var words = Block(g, key, counter);
        var blocks = counter.Extents[0];
        for (int i = 0; i < 4; i++)
            words[i] = g.Node("Unsqueeze", OnnxType.Uint64, [blocks, Extent.One], [words[i], g.Ints([1])]);
        var all = g.Node("Reshape", OnnxType.Uint64, [Extent.Of(blocks.Size * 4)], [g.Concat(words, 1), g.Ints([-1])]);
        var taken = g.Node("Slice", OnnxType.Uint64, [Extent.Of(count)], [all, g.Ints([0]), g.Sizes([count])]);
        return [g.Reshape(g.Cast(taken, OnnxType.Int32), shape)]; // the cast keeps the low 32 bits
    });

    /// <summary>
    /// 0, 1, … for each block of four numbers. The rounding up is done in the graph, as an export knows sizes only as sums of products.
    /// </summary>
    private static GraphValue Blocks(GraphBuilder g, long count)
    {
        var last = g.Div(g.Add(g.Reshape(g.Sizes([count]), Shape.Scalar), 3), g.Number(OnnxType.Int64, 4L));
        return g.Node("Range", OnnxType.Int64, [Extent.Of((count + 3) / 4)], [g.Number(OnnxType.Int64, 0L), last, g.Number(OnnxType.Int64, 1L)]);
    }

    private static GraphValue[] Block(GraphBuilder g, GraphValue key, GraphValue counter)
    {
        var zero = g.Number(OnnxType.Uint64, 0L);
        GraphValue c0 = Low(g, counter), c1 = High(g, counter), c2 = zero, c3 = zero;
        GraphValue k0 = Low(g, key), k1 = High(g, key);
        for (int round = 0; round < Philox.Rounds; round++)
        {
            var p0 = g.Mul(c0, g.Number(OnnxType.Uint64, (long)Philox.M0));
            var p1 = g.Mul(c2, g.Number(OnnxType.Uint64, (long)Philox.M1));
            (c0, c1, c2, c3) = (Mix(g, High(g, p1), c1, k0), Low(g, p1), Mix(g, High(g, p0), c3, k1), Low(g, p0));
            k0 = Low(g, g.Add(k0, g.Number(OnnxType.Uint64, (long)Philox.W0)));
            k1 = Low(g, g.Add(k1, g.Number(OnnxType.Uint64, (long)Philox.W1)));
        }

        return [c0, c1, c2, c3];
    }

    private static GraphValue Mix(GraphBuilder g, GraphValue a, GraphValue b, GraphValue c) => g.Binary("BitwiseXor", g.Binary("BitwiseXor", a, b), c);

    private static GraphValue Low(GraphBuilder g, GraphValue a) => g.Binary("BitwiseAnd", a, g.Number(OnnxType.Uint64, 0xFFFFFFFFL));

    private static GraphValue High(GraphBuilder g, GraphValue a) => g.Shift(a, g.Number(OnnxType.Uint64, 32L), left: false);
}
