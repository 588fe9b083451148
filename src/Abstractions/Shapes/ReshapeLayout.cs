namespace Nabla;

/// <summary>The one place that decides whether a reshape can alias.</summary>
public static class ReshapeLayout
{
    /// <summary>
    /// The strides under which the same elements have <paramref name="to"/>'s shape, in the same order, or null when no strides do and
    /// a copy is needed. PyTorch: <c>view</c>'s condition.
    /// </summary>
    public static Strides? TryReshape(Shape from, Strides strides, Shape to)
    {
        if (from == to)
            return strides;
        if (from.ElementCount == 0 || ReferenceEquals(strides, from.ContiguousStrides))
            return to.ContiguousStrides;
        Span<long> result = stackalloc long[to.Rank];
        int target = to.Rank - 1;
        int d = from.Rank - 1;
        while (d >= 0)
        {
            // A run of source dimensions that behaves as one: each is as far apart as the next one is long.
            long step = strides[d], run = from[d];
            while (d > 0 && (from[d - 1] == 1 || run == 1 || strides[d - 1] == run * step))
            {
                if (run == 1) step = strides[d - 1];
                run *= from[d - 1];
                d--;
            }

            long filled = 1;
            while (target >= 0 && (filled < run || to[target] == 1))
            {
                result[target] = filled * step;
                filled *= to[target];
                target--;
            }

            if (filled != run)
                return null;
            d--;
        }

        for (; target >= 0; target--)
            result[target] = 1;
        return Strides.Create(result);
    }

    /// <summary>Replaces a single -1 by the size that keeps the number of elements.</summary>
    /// <exception cref="ShapeException">Two sizes are -1, the element counts differ, or any size would do.</exception>
    public static Shape Resolve(Shape from, ReadOnlySpan<long> sizes, string op)
    {
        int unknown = -1;
        long known = 1;
        for (int i = 0; i < sizes.Length; i++)
        {
            if (sizes[i] == -1)
            {
                if (unknown >= 0)
                    throw new ShapeException(op, $"only one size can be inferred: [{Shape.Join(sizes)}].");
                unknown = i;
            }
            else
            {
                known *= sizes[i];
            }
        }

        if (unknown >= 0)
        {
            if (known == 0 && from.ElementCount == 0)
                throw new ShapeException(op, $"any size would do for the -1 of [{Shape.Join(sizes)}], as {from} has no elements; name it.");
            if (known == 0 || from.ElementCount % known != 0)
                throw Mismatch(from, sizes, op);
            Span<long> resolved = stackalloc long[sizes.Length];
            sizes.CopyTo(resolved);
            resolved[unknown] = from.ElementCount / known;
            return Shape.Create(resolved);
        }

        var shape = Shape.Create(sizes);
        return shape.ElementCount == from.ElementCount ? shape : throw Mismatch(from, sizes, op);
    }

    private static ShapeException Mismatch(Shape from, ReadOnlySpan<long> sizes, string op) =>
        new(op, $"shape [{Shape.Join(sizes)}] does not hold the {from.ElementCount} elements of {from}.");
}
