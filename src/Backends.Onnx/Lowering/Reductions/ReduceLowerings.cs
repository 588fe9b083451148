using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Lowerings of sum, prod, amax and amin.</summary>
internal static class ReduceLowerings
{
    public static void AddTo(OpColumn<Lowering> column)
    {
        column.Add(ReduceOp.SumRow, c => Lower(c, 0, c.Varies(0, ((ReduceOp)c.Op).Axes.AsSpan()) ? AccurateSum.LowerVarying : AccurateSum.Lower));
        column.Add(ReduceOp.ProdRow, c => Lower(c, 1, c.Varies(0, ((ReduceOp)c.Op).Axes.AsSpan()) ? ProductVarying : Product));
        column.Add(ReduceOp.MaxRow, c => Lower(c, 0, (g, x, axes, keep) => Extreme(g, "ReduceMax", x, axes, keep)));
        column.Add(ReduceOp.MinRow, c => Lower(c, 0, (g, x, axes, keep) => Extreme(g, "ReduceMin", x, axes, keep)));
    }

    private delegate GraphValue Function(GraphBuilder graph, GraphValue x, ReadOnlySpan<int> axes, bool keepDim);

    private static GraphValue[] Lower(LoweringCall c, double ofNothing, Function function)
    {
        var op = (ReduceOp)c.Op;
        if (c.Inputs[0].Shape.ElementCount == 0)
            return [c.Graph.Fill(c.ResultType, ofNothing, c.Outputs[0].Shape)];
        return op.Axes.Length == 0 ? [c.Inputs[0]] : c.Return(function(c.Graph, c.Computed(0), op.Axes.AsSpan(), op.KeepDim));
    }

    /// <summary>
    /// In float64 for float32, whose partial products may overflow where the result does not. The kernels of integers saturate instead of
    /// wrapping, so those are multiplied by halves.
    /// </summary>
    private static GraphValue Product(GraphBuilder g, GraphValue x, ReadOnlySpan<int> axes, bool keepDim)
    {
        if (x.IsFloat)
            return g.Cast(g.Reduce("ReduceProd", g.Cast(x, OnnxType.Double), axes, keepDim), x.Type);
        var shape = ReducedShape.Of(x.Shape, axes, keepDim, "prod");
        foreach (int axis in axes)
        {
            while (x.Shape[axis] is > 1 and var size)
            {
                long half = size / 2;
                var pairs = g.Mul(g.Slice(x, axis, 0, half), g.Slice(x, axis, half, half));
                x = size % 2 == 0 ? pairs : g.Concat([pairs, g.Slice(x, axis, size - 1, 1)], axis);
            }
        }

        return g.Reshape(x, shape);
    }

    /// <summary>Over a size that is left open, integers cannot be halved.</summary>
    private static GraphValue ProductVarying(GraphBuilder g, GraphValue x, ReadOnlySpan<int> axes, bool keepDim) => x.IsFloat
        ? Product(g, x, axes, keepDim)
        : throw new TracingException("prod", "an integer product over a dynamic dimension would not wrap in ONNX; make the dimension fixed, or multiply floating point numbers.");

    /// <summary>The kernels lose NaN, depending on where it stands: it is looked for apart.</summary>
    private static GraphValue Extreme(GraphBuilder g, string op, GraphValue x, ReadOnlySpan<int> axes, bool keepDim)
    {
        var extreme = g.Reduce(op, x, axes, keepDim);
        if (!x.IsFloat)
            return extreme;
        var nans = g.Reduce("ReduceMax", g.Cast(g.IsNaN(x), OnnxType.Uint8), axes, keepDim);
        return g.Select(g.Cast(nans, OnnxType.Bool), double.NaN, extreme);
    }
}
