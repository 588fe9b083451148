using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowering of pad.</summary>
internal static class PadLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(PadOp.Row, c =>
    {
        var (g, op, x, shape) = (c.Graph, (PadOp)c.Op, c.Inputs[0], c.Outputs[0].Shape);
        if (x.Shape == shape)
            return [x];
        var padding = c.Scalar(0, c.Outputs[0].DType);
        if (x.Shape.ElementCount == 0)
            return [g.Expand(g.Cast(padding, x.Type), shape)];
        // The kernel lacks int16 and bfloat16; the others go as they are.
        var carrier = x.Type is OnnxType.Int16 or OnnxType.Bfloat16 ? x.Type.Compute() : x.Type;
        var amounts = g.Sizes([.. op.Before, .. op.After]);
        var extents = Extent.Expand(x.Extents, shape);
        return c.Return(g.Node("Pad", carrier, extents, [g.Cast(x, carrier), amounts, g.Cast(g.Cast(padding, x.Type), carrier)]));
    });
}
