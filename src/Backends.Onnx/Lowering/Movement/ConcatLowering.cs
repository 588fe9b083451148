namespace Nabla;

/// <summary>Lowering of cat.</summary>
internal static class ConcatLowering
{
    public static void AddTo(OpColumn<Lowering> column) =>
        column.Add(ConcatOp.Row, c => [c.Graph.Concat(c.Inputs, ((ConcatOp)c.Op).Axis)]);
}
