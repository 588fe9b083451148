using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Operators of the standard that move or combine elements.</summary>
internal sealed partial class GraphBuilder
{
    public GraphValue Reshape(GraphValue a, Shape to)
    {
        if (a.Shape == to)
            return a;
        var extents = Extent.Reshape(a.Extents, to);
        // Without allowzero a size of 0 means: as in the input.
        return to.AsSpan().Contains(0)
            ? Node("Reshape", a.Type, extents, [a, Sizes(to.AsSpan())], Attribute("allowzero", 1))
            : Node("Reshape", a.Type, extents, [a, Sizes(to.AsSpan())]);
    }

    public GraphValue Expand(GraphValue a, Shape to)
    {
        if (a.Shape == to)
            return a;
        for (int d = 0; d < a.Rank; d++)
            if (a.Shape[d] == 1 && to[d + to.Rank - a.Rank] == 0)
                a = Slice(a, d, 0, 0); // the operator takes the larger of 1 and 0
        var carrier = a.Type == OnnxType.Bfloat16 ? OnnxType.Float : a.Type;
        return Cast(Node("Expand", carrier, Extent.Expand(a.Extents, to), [Cast(a, carrier), Sizes(to.AsSpan())]), a.Type);
    }

    /// <summary>A number repeated.</summary>
    public GraphValue Fill(OnnxType type, double value, Shape shape) => Expand(Number(type, value), shape);

    public GraphValue Transpose(GraphValue a, ReadOnlySpan<int> order)
    {
        var extents = new Extent[order.Length];
        for (int d = 0; d < extents.Length; d++)
            extents[d] = a.Extents[order[d]];
        return Node("Transpose", a.Type, extents, [a], Attribute("perm", order));
    }

    public GraphValue Concat(GraphValue[] parts, int axis)
    {
        if (parts.Length == 1)
            return parts[0];
        var extents = (Extent[])parts[0].Extents.Clone();
        foreach (var part in parts[1..])
            for (int d = 0; d < extents.Length; d++)
                if (d != axis)
                    extents[d] = Extent.Join(extents[d], part.Extents[d], "cat");
        extents[axis] = Extent.Of(parts.Sum(p => p.Shape[axis]));
        return Node("Concat", parts[0].Type, extents, parts, Attribute("axis", axis));
    }

    /// <summary>Picks whole slices; the dimensions of the index take the place of the axis.</summary>
    public GraphValue Pick(GraphValue a, GraphValue index, int axis) =>
        Node("Gather", a.Type, [.. a.Extents[..axis], .. index.Extents, .. a.Extents[(axis + 1)..]], [a, index], Attribute("axis", axis));

    /// <summary>Some elements of each dimension; dimensions that stay whole are not mentioned in the graph.</summary>
    public GraphValue Slice(GraphValue a, ReadOnlySpan<long> starts, ReadOnlySpan<long> counts, ReadOnlySpan<long> steps)
    {
        List<long> first = [], last = [], axes = [], stride = [];
        var extents = (Extent[])a.Extents.Clone();
        for (int d = 0; d < a.Rank; d++)
        {
            if (starts[d] == 0 && counts[d] == a.Shape[d] && steps[d] == 1)
                continue;
            long end = counts[d] == 0 ? starts[d] : starts[d] + (counts[d] * steps[d]);
            first.Add(starts[d]);
            last.Add(end < 0 ? -1 - a.Shape[d] : end); // counted from the end: just before the first element
            axes.Add(d);
            stride.Add(counts[d] == 0 ? 1 : steps[d]);
            extents[d] = Extent.Of(counts[d]);
        }

        if (axes.Count == 0)
            return a;
        return Node(
            "Slice", a.Type, extents,
            [a, Sizes([.. first]), Sizes([.. last]), Ints([.. axes]), Ints([.. stride])]);
    }

    /// <summary>Part of one dimension.</summary>
    public GraphValue Slice(GraphValue a, int axis, long start, long count, long step = 1)
    {
        var slice = SliceOp.Along(a.Shape, axis, start, count, step);
        return Slice(a, slice.Starts.AsSpan(), slice.Sizes.AsSpan(), slice.Steps.AsSpan());
    }

    /// <summary>The matrix product of the last two dimensions.</summary>
    public GraphValue MatMul(GraphValue a, GraphValue b)
    {
        Extent.Join(a.Extents[^1], b.Extents[^2], "matmul");
        var batch = Extent.Broadcast(a.Extents[..^2], b.Extents[..^2], "matmul");
        return Node("MatMul", a.Type, [.. batch, a.Extents[^2], b.Extents[^1]], [a, b]);
    }

    /// <summary>A reduction operator; the axes are an input in every opset that is written.</summary>
    public GraphValue Reduce(string op, GraphValue a, ReadOnlySpan<int> axes, bool keepDim)
    {
        if (axes.IsEmpty)
            return a;
        Span<long> wide = stackalloc long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            wide[i] = axes[i];
        return Node(op, a.Type, Reduced(a, axes, keepDim), [a, Ints(wide)], Attribute("keepdims", keepDim ? 1 : 0));
    }

    /// <summary>A reduction over everything, to a value without dimensions.</summary>
    public GraphValue ReduceAll(string op, GraphValue a) => Reduce(op, a, [.. Enumerable.Range(0, a.Rank)], keepDim: false);

    public GraphValue Arg(string op, GraphValue a, int axis, bool keepDim) =>
        Node(op, OnnxType.Int64, Reduced(a, [axis], keepDim), [a], Attribute("axis", axis), Attribute("keepdims", keepDim ? 1 : 0));

    /// <summary>0, 1, …, count - 1 as int64.</summary>
    public GraphValue Counting(long count)
    {
        var end = Reshape(Sizes([count]), Shape.Scalar);
        return Node("Range", OnnxType.Int64, [Extent.Of(count)], [Number(OnnxType.Int64, 0L), end, Number(OnnxType.Int64, 1L)]);
    }

    private static Extent[] Reduced(GraphValue a, ReadOnlySpan<int> axes, bool keepDim)
    {
        var extents = new List<Extent>(a.Rank);
        for (int d = 0; d < a.Rank; d++)
        {
            if (!axes.Contains(d))
                extents.Add(a.Extents[d]);
            else if (keepDim)
                extents.Add(Extent.One);
        }

        return [.. extents];
    }
}
