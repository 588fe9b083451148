namespace Nabla;

/// <summary>Casts, copies and choices.</summary>
internal static class ConversionLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(CastOp.Row, c => [c.Graph.Cast(c.Inputs[0], ((CastOp)c.Op).To.Onnx())]);
        column.Add(CopyOp.Row, c => [c.Inputs[0]]); // values of a graph are never written, so they are never copied
        column.Add(WhereOp.Row, c => [c.Graph.Select(c.Inputs[0], c.Inputs[1], c.Inputs[2])]);
    }
}
