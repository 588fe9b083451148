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
    }
}
