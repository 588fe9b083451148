using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// Lowering of slice_scatter, one dimension at a time from the inside: neighbours are joined; with steps, each element of the
/// dimension picks the value that falls on it, and a mask says where one does.
/// </summary>
internal static class SliceScatterLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(SliceScatterOp.Row, c =>
    {
        var slice = ((SliceScatterOp)c.Op).Slice;
        if (c.Inputs[1].Shape.ElementCount == 0)
            return [c.Inputs[0]];
        return [Replace(c.Graph, slice, c.Inputs[0], c.Inputs[1])];
    });

    private static GraphValue Replace(GraphBuilder g, SliceOp slice, GraphValue x, GraphValue value)
    {
        // Bases from the outside in: bases[d] is x cut along every dimension before d. At most 16 of them.
        var bases = new GraphValue[x.Rank];
        for (int d = 0; d < x.Rank; d++)
        {
            bases[d] = x;
            x = g.Slice(x, d, slice.Starts[d], slice.Sizes[d], slice.Steps[d]);
        }

        for (int d = bases.Length - 1; d >= 0; d--)
            value = Along(g, bases[d], value, d, slice.Starts[d], slice.Sizes[d], slice.Steps[d]);
        return value;
    }

    private static GraphValue Along(GraphBuilder g, GraphValue x, GraphValue value, int axis, long start, long count, long step)
    {
        long size = x.Shape[axis];
        if (step < 0)
        {
            value = g.Slice(value, axis, count - 1, count, -1);
            (start, step) = (start + ((count - 1) * step), -step);
        }

        if (start == 0 && count == size)
            return value;
        if (step == 1 || count == 1)
        {
            List<GraphValue> parts = [];
            if (start > 0)
                parts.Add(g.Slice(x, axis, 0, start));
            parts.Add(value);
            if (start + count < size)
                parts.Add(g.Slice(x, axis, start + count, size - start - count));
            return g.Concat([.. parts], axis);
        }

        var distance = g.Sub(g.Counting(size), g.Sizes([start]));
        var nearest = g.Div(distance, g.Number(OnnxType.Int64, step));
        var index = g.Binary("Max", g.Binary("Min", nearest, g.Sizes([count - 1])), g.Number(OnnxType.Int64, 0L));
        var mask = g.Equal(g.Mul(index, g.Number(OnnxType.Int64, step)), distance);
        Span<long> along = stackalloc long[x.Rank];
        along.Fill(1);
        along[axis] = size;
        return g.Select(g.Reshape(mask, Shape.Create(along)), g.Pick(value, index, axis), x);
    }
}
