using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowering of gather.</summary>
internal static class GatherLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(GatherOp.Row, c =>
    {
        var (g, axis, x, shape) = (c.Graph, ((GatherOp)c.Op).Axis, c.Inputs[0], c.Outputs[0].Shape);
        if (shape.ElementCount == 0)
            return [g.Fill(x.Type, 0, shape)];
        var index = IndexGuard.Guard(c, c.Inputs[1], axis);
        if (x.Shape.ElementCount == 0)
            return [g.Fill(x.Type, 0, shape)]; // every index is out of range, which the guard reports
        if (x.Rank == 0)
            return [x];
        return [g.Node("GatherElements", x.Type, index.Extents, [x, index], GraphBuilder.Attribute("axis", axis))];
    });
}
