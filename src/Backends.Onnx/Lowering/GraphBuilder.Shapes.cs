using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Operators of the standard that move or combine elements.</summary>
internal sealed partial class GraphBuilder
{
    public GraphValue Reshape(GraphValue a, Shape to)
    {
        if (a.Shape == to)
            return a;
        // Without allowzero a size of 0 means: as in the input.
        return to.AsSpan().Contains(0)
            ? Node("Reshape", a.Type, to, [a, Sizes(to.AsSpan())], Attribute("allowzero", 1))
            : Node("Reshape", a.Type, to, [a, Sizes(to.AsSpan())]);
    }

    public GraphValue Expand(GraphValue a, Shape to)
    {
        if (a.Shape == to)
            return a;
        var carrier = a.Type == OnnxType.Bfloat16 ? OnnxType.Float : a.Type;
        return Cast(Node("Expand", carrier, to, [Cast(a, carrier), Sizes(to.AsSpan())]), a.Type);
    }

    /// <summary>A number repeated.</summary>
    public GraphValue Fill(OnnxType type, double value, Shape shape) => Expand(Number(type, value), shape);

    public GraphValue Transpose(GraphValue a, ReadOnlySpan<int> order)
    {
        Span<long> dims = stackalloc long[order.Length];
        for (int d = 0; d < dims.Length; d++)
            dims[d] = a.Shape[order[d]];
        return Node("Transpose", a.Type, Shape.Create(dims), [a], Attribute("perm", order));
    }

    public GraphValue Concat(GraphValue[] parts, int axis)
    {
        if (parts.Length == 1)
            return parts[0];
        var dims = parts[0].Shape.ToArray();
        dims[axis] = parts.Sum(p => p.Shape[axis]);
        return Node("Concat", parts[0].Type, Shape.Create(dims), parts, Attribute("axis", axis));
    }

    /// <summary>Picks whole slices: the index is a value of one dimension or none.</summary>
    public GraphValue Pick(GraphValue a, GraphValue index, int axis)
    {
        var shape = a.Shape.AsSpan();
        return Node("Gather", a.Type, [.. shape[..axis], .. index.Shape.AsSpan(), .. shape[(axis + 1)..]], [a, index], Attribute("axis", axis));
    }

    /// <summary>Some elements of each dimension; dimensions that stay whole are not mentioned in the graph.</summary>
    public GraphValue Slice(GraphValue a, ReadOnlySpan<long> starts, ReadOnlySpan<long> counts, ReadOnlySpan<long> steps)
    {
        List<long> first = [], last = [], axes = [], stride = [];
        for (int d = 0; d < a.Rank; d++)
        {
            if (starts[d] == 0 && counts[d] == a.Shape[d] && steps[d] == 1)
                continue;
            long end = counts[d] == 0 ? starts[d] : starts[d] + (counts[d] * steps[d]);
            first.Add(starts[d]);
            last.Add(end < 0 ? -1 - a.Shape[d] : end); // counted from the end: just before the first element
            axes.Add(d);
            stride.Add(counts[d] == 0 ? 1 : steps[d]);
        }

        if (axes.Count == 0)
            return a;
        return Node(
            "Slice", a.Type, Shape.Create(counts),
            [a, Sizes([.. first]), Sizes([.. last]), Ints([.. axes]), Ints([.. stride])]);
    }

    /// <summary>Part of one dimension.</summary>
    public GraphValue Slice(GraphValue a, int axis, long start, long count, long step = 1)
    {
        var slice = SliceOp.Along(a.Shape, axis, start, count, step);
        return Slice(a, slice.Starts.AsSpan(), slice.Sizes.AsSpan(), slice.Steps.AsSpan());
    }

    /// <summary>A reduction operator; the axes are an input in every opset that is written.</summary>
    public GraphValue Reduce(string op, GraphValue a, ReadOnlySpan<int> axes, bool keepDim)
    {
        if (axes.IsEmpty)
            return a;
        Span<long> wide = stackalloc long[axes.Length];
        for (int i = 0; i < axes.Length; i++)
            wide[i] = axes[i];
        var shape = ReducedShape.Of(a.Shape, axes, keepDim, op);
        return Node(op, a.Type, shape, [a, Ints(wide)], Attribute("keepdims", keepDim ? 1 : 0));
    }

    /// <summary>A reduction over everything, to a value without dimensions.</summary>
    public GraphValue ReduceAll(string op, GraphValue a) => Reduce(op, a, [.. Enumerable.Range(0, a.Rank)], keepDim: false);

    public GraphValue Arg(string op, GraphValue a, int axis, bool keepDim) =>
        Node(op, OnnxType.Int64, ReducedShape.Of(a.Shape, [axis], keepDim, op), [a], Attribute("axis", axis), Attribute("keepdims", keepDim ? 1 : 0));

    /// <summary>0, 1, …, count - 1 as int64.</summary>
    public GraphValue Counting(long count)
    {
        var end = Reshape(Sizes([count]), Shape.Scalar);
        return Node("Range", OnnxType.Int64, [count], [Number(OnnxType.Int64, 0L), end, Number(OnnxType.Int64, 1L)]);
    }
}
