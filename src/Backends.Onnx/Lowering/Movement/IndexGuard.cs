namespace Nabla;

/// <summary>
/// Keeps indices in range, and reports those that were not. (ONNX reads negative indices from the end; here they are errors.)
/// </summary>
internal static class IndexGuard
{
    /// <summary>The index, clamped where the graph is checked; otherwise as it is, and the runtime that executes the model refuses bad ones.</summary>
    public static GraphValue Guard(LoweringCall c, GraphValue index, int axis)
    {
        var g = c.Graph;
        if (!g.Checked || index.Shape.ElementCount == 0)
            return index;
        long size = c.Inputs[0].Rank == 0 ? 1 : c.Inputs[0].Shape[axis];
        var (low, high) = (g.ReduceAll("ReduceMin", index), g.ReduceAll("ReduceMax", index));
        g.Check(new(CheckKind.IndexRange, c.Op, g.Concat([g.Reshape(low, [1]), g.Reshape(high, [1])], 0), size));
        var last = g.Sizes([Math.Max(size - 1, 0)]);
        return g.Binary("Max", g.Binary("Min", index, index.Rank == 0 ? g.Reshape(last, Shape.Scalar) : last), g.Number(index.Type, 0L));
    }
}
