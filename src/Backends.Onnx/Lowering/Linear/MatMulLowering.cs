namespace Nabla;

/// <summary>Lowering of matmul.</summary>
internal static class MatMulLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(MatMulOp.Row, c =>
    {
        var (g, a, b, shape) = (c.Graph, c.Computed(0), c.Computed(1), c.Outputs[0].Shape);
        if (shape.ElementCount == 0 || a.Shape[^1] == 0)
            return [g.Fill(c.ResultType, 0, shape)];
        return c.Return(g.MatMul(a, b));
    });
}
