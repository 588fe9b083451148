namespace Nabla;

/// <summary>PyTorch's broadcasting: shapes align at the end, and sizes of 1 stretch.</summary>
public static class Broadcasting
{
    /// <summary>The common shape of two shapes.</summary>
    /// <exception cref="ShapeException">Two sizes differ and neither is 1.</exception>
    public static Shape Join(Shape a, Shape b, string op) => ReferenceEquals(a, b) || b.Rank == 0 ? a : JoinOther(a, b, op);

    /// <summary>A method of its own, so that the common case is inlined.</summary>
    private static Shape JoinOther(Shape a, Shape b, string op)
    {
        if (a.Rank == 0)
            return b;
        int rank = Math.Max(a.Rank, b.Rank);
        Span<long> dims = stackalloc long[rank];
        bool isA = rank == a.Rank, isB = rank == b.Rank;
        for (int d = 1; d <= rank; d++)
        {
            long x = d <= a.Rank ? a[a.Rank - d] : 1, y = d <= b.Rank ? b[b.Rank - d] : 1;
            if (x != y && x != 1 && y != 1)
                throw new ShapeException(op, $"shapes {a} and {b} do not broadcast: sizes {x} and {y} of dimension {rank - d} differ and neither is 1.");
            long size = x == 1 ? y : x;
            dims[rank - d] = size;
            isA &= size == x;
            isB &= size == y;
        }

        return isA ? a : isB ? b : Shape.Create(dims); // the operand's own object, so that no shape is made in the common case
    }

    /// <summary>The strides that read a tensor of <paramref name="shape"/> as if it had <paramref name="target"/>: 0 where it stretches.</summary>
    public static void Stretch(Shape shape, Strides strides, Shape target, Span<long> result)
    {
        int lead = target.Rank - shape.Rank;
        for (int d = 0; d < target.Rank; d++)
            result[d] = d < lead || (shape[d - lead] == 1 && target[d] != 1) ? 0 : strides[d - lead];
    }
}
