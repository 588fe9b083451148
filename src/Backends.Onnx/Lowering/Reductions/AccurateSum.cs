using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// Sums. The kernel adds float32 one after the other, so that four million times 0.1 would not be 400,000: long sums are added in
/// blocks, and then the blocks' sums.
/// </summary>
internal static class AccurateSum
{
    /// <summary>Up to here the kernel's error stays below a few units in the last place of the result.</summary>
    private const long Longest = 256;

    private const long LongestBlock = 128, ShortestBlock = 16;

    public static GraphValue Lower(GraphBuilder g, GraphValue x, ReadOnlySpan<int> axes, bool keepDim)
    {
        long count = 1;
        foreach (int axis in axes)
            count *= x.Shape[axis];
        if (x.Type != OnnxType.Float || count <= Longest)
            return g.Reduce("ReduceSum", x, axes, keepDim);
        bool adjacent = axes[^1] - axes[0] == axes.Length - 1;
        if (!adjacent || Block(count) == 0)
            return g.Cast(g.Reduce("ReduceSum", g.Cast(x, OnnxType.Double), axes, keepDim), OnnxType.Float);
        var sizes = x.Shape.AsSpan();
        long outer = 1, inner = 1;
        foreach (long size in sizes[..axes[0]])
            outer *= size;
        foreach (long size in sizes[(axes[^1] + 1)..])
            inner *= size;
        while (count > Longest && Block(count) is > 0 and var block)
        {
            count /= block;
            x = g.Reduce("ReduceSum", g.Reshape(x, [outer, count, block, inner]), [2], keepDim: false);
        }

        var shape = ReducedShape.Of(Shape.Create(sizes), axes, keepDim, "sum");
        return g.Reshape(g.Reduce("ReduceSum", g.Reshape(x, [outer, count, inner]), [1], keepDim: false), shape);
    }

    /// <summary>Over sizes that are left open, for which no blocks can be chosen: in float64.</summary>
    public static GraphValue LowerVarying(GraphBuilder g, GraphValue x, ReadOnlySpan<int> axes, bool keepDim) => x.Type == OnnxType.Float
        ? g.Cast(g.Reduce("ReduceSum", g.Cast(x, OnnxType.Double), axes, keepDim), OnnxType.Float)
        : g.Reduce("ReduceSum", x, axes, keepDim);

    /// <summary>The longest block that divides a count; 0 where there is none.</summary>
    private static long Block(long count)
    {
        for (long block = LongestBlock; block >= ShortestBlock; block--)
            if (count % block == 0)
                return block;
        return 0;
    }
}
