namespace Nabla;

/// <summary>The shape that is left when dimensions are reduced.</summary>
public static class ReducedShape
{
    /// <summary>Drops the axes, or keeps them with size 1.</summary>
    public static Shape Of(Shape shape, ReadOnlySpan<int> axes, bool keepDim, string op) =>
        !keepDim && AreAll(axes, shape.Rank) ? Shape.Scalar : OfSome(shape, axes, keepDim, op);

    private static bool AreAll(ReadOnlySpan<int> axes, int rank)
    {
        bool all = axes.Length == rank;
        for (int d = 0; all && d < rank; d++)
            all = axes[d] == d;
        return all;
    }

    private static Shape OfSome(Shape shape, ReadOnlySpan<int> axes, bool keepDim, string op)
    {
        Span<long> dims = stackalloc long[shape.Rank];
        int rank = 0, next = 0;
        for (int d = 0; d < shape.Rank; d++)
        {
            bool reduced = next < axes.Length && axes[next] == d;
            if (reduced)
                next++;
            if (!reduced || keepDim)
                dims[rank++] = reduced ? 1 : shape[d];
        }

        if (next != axes.Length)
            throw NotAscending(shape, axes, op);
        return rank == shape.Rank && axes.IsEmpty ? shape : Shape.Create(dims[..rank]);
    }

    private static TensorIndexException NotAscending(Shape shape, ReadOnlySpan<int> axes, string op) =>
        new(op, $"axes [{string.Join(", ", axes.ToArray())}] are not ascending dimensions of {shape}.");

    /// <summary>Refuses to reduce nothing to an element that does not exist.</summary>
    /// <exception cref="ShapeException">A reduced dimension has size 0 although the result has elements or none are asked for.</exception>
    public static void RequireElements(Shape shape, ReadOnlySpan<int> axes, string op)
    {
        foreach (int axis in axes)
            if (shape[axis] == 0)
                throw new ShapeException(op, $"dimension {axis} of {shape} has no elements, so there is none to choose; reduce another or test for size 0.");
    }
}
