using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of the views: here they are operations like others, since values of a graph have no memory to share.</summary>
internal static class ViewLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(ReshapeOp.Row, c => [c.Graph.Reshape(c.Inputs[0], ((ReshapeOp)c.Op).To)]);
        column.Add(ExpandOp.Row, c => [c.Graph.Expand(c.Inputs[0], ((ExpandOp)c.Op).To)]);
        column.Add(PermuteOp.Row, c => [c.Graph.Transpose(c.Inputs[0], ((PermuteOp)c.Op).Order.AsSpan())]);
        column.Add(SliceOp.Row, c =>
        {
            var op = (SliceOp)c.Op;
            return [c.Graph.Slice(c.Inputs[0], op.Starts.AsSpan(), op.Sizes.AsSpan(), op.Steps.AsSpan())];
        });
        column.Add(DiagonalOp.Row, c => [Diagonal(c.Graph, (DiagonalOp)c.Op, c.Inputs[0], c.Outputs[0].Shape[^1])]);
        column.Add(UnfoldOp.Row, c => [Unfold(c.Graph, (UnfoldOp)c.Op, c.Inputs[0], c.Outputs[0].Shape)]);
    }

    private static GraphValue Diagonal(GraphBuilder g, DiagonalOp op, GraphValue x, long length)
    {
        x = g.Transpose(x, op.Order(x.Rank).AsSpan());
        long columns = x.Shape[^1];
        var flat = g.Reshape(x, [.. x.Shape.AsSpan()[..^2], x.Shape[^2] * columns]);
        var slice = op.InRows(columns, flat.Shape, length);
        var positions = g.Add(g.Mul(g.Counting(length), g.Sizes([slice.Steps[^1]])), g.Sizes([slice.Starts[^1]]));
        return g.Pick(flat, positions, flat.Rank - 1);
    }

    private static GraphValue Unfold(GraphBuilder g, UnfoldOp op, GraphValue x, Shape windows)
    {
        long count = windows[op.Axis];
        var starts = g.Reshape(g.Mul(g.Counting(count), g.Number(OnnxType.Int64, op.Step)), [count, 1]);
        x = g.Pick(x, g.Add(starts, g.Counting(op.Size)), op.Axis);
        Span<int> order = stackalloc int[x.Rank];
        for (int d = 0; d < order.Length; d++)
            order[d] = d <= op.Axis ? d : d + 1;
        order[^1] = op.Axis + 1;
        return g.Transpose(x, order);
    }
}
