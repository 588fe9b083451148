using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of full and arange.</summary>
internal static class CreationLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(FullOp.Row, c =>
        {
            var op = (FullOp)c.Op;
            return [c.Graph.Expand(c.Graph.Cast(c.Scalar(0, op.DType), op.DType.Onnx()), op.Shape)];
        });
        column.Add(ArangeOp.Row, c =>
        {
            var op = (ArangeOp)c.Op;
            var wide = op.DType.IsFloatingPoint() ? DType.Float64 : DType.Int64;
            var (g, count) = (c.Graph, c.Graph.Counting(op.Length));
            return c.Return(g.Add(c.Scalar(0, wide), g.Mul(g.Cast(count, wide.Onnx()), c.Scalar(1, wide))));
        });
    }
}
