using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of argmax and argmin: the first of equal elements, or the first NaN.</summary>
internal static class ArgReduceLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(ArgReduceOp.Max(0, false).Kind, c => [Lower(c, "ArgMax")]);
        column.Add(ArgReduceOp.Min(0, false).Kind, c => [Lower(c, "ArgMin")]);
    }

    private static GraphValue Lower(LoweringCall c, string kernel)
    {
        var (g, op, x) = (c.Graph, (ArgReduceOp)c.Op, c.Computed(0));
        if (c.Outputs[0].Shape.ElementCount == 0)
            return g.Fill(OnnxType.Int64, 0, c.Outputs[0].Shape);
        var found = g.Arg(kernel, x, op.Axis, op.KeepDim);
        if (!x.IsFloat)
            return found;
        var nans = g.Cast(g.IsNaN(x), OnnxType.Uint8);
        var any = g.Reduce("ReduceMax", nans, [op.Axis], op.KeepDim);
        return g.Select(g.Cast(any, OnnxType.Bool), g.Arg("ArgMax", nans, op.Axis, op.KeepDim), found);
    }
}
