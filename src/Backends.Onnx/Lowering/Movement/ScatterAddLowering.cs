using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowering of scatter_add.</summary>
internal static class ScatterAddLowering
{
    public static void AddTo(OpColumn<Lowering> column) => column.Add(ScatterAddOp.Row, c =>
    {
        var (g, axis, x, index) = (c.Graph, ((ScatterAddOp)c.Op).Axis, c.Computed(0), c.Inputs[1]);
        if (index.Shape.ElementCount == 0)
            return [c.Inputs[0]];
        var guarded = IndexGuard.Guard(c, index, axis);
        if (x.Shape.ElementCount == 0)
            return [c.Inputs[0]]; // every index is out of range, which the guard reports
        if (x.Rank == 0)
            return c.Return(g.Add(x, c.Computed(2)));
        // The standard wants as many updates as indices; the source may have more.
        Span<long> zeros = stackalloc long[x.Rank], ones = stackalloc long[x.Rank];
        zeros.Clear();
        ones.Fill(1);
        var updates = g.Slice(c.Computed(2), zeros, index.Shape.AsSpan(), ones);
        return c.Return(g.Node(
            "ScatterElements", x.Type, x.Extents, [x, guarded, updates], GraphBuilder.Attribute("axis", axis), GraphBuilder.Attribute("reduction", "add")));
    });
}
