namespace Nabla.Tests.Suite;

/// <summary>Views that fit a tensor, at random.</summary>
internal static class RandomView
{
    public static ViewOp Next(Random random, DeviceTensor tensor)
    {
        while (true)
        {
            var view = Propose(random, tensor.Shape);
            if (view.TryApply(tensor.Spec, tensor.Layout, out _, out _))
                return view;
        }
    }

    private static ViewOp Propose(Random random, Shape shape) => random.Next(7) switch
    {
        5 when shape.Rank >= 2 => Diagonal(random, shape),
        6 when shape.Rank is > 0 and < 6 => Unfold(random, shape),
        0 => Permute(random, shape),
        1 or 2 => Slice(random, shape),
        3 => Reshape(random, shape),
        _ => Expand(random, shape),
    };

    private static PermuteOp Permute(Random random, Shape shape)
    {
        int[] order = Enumerable.Range(0, shape.Rank).ToArray();
        random.Shuffle(order);
        return new([.. order]);
    }

    private static DiagonalOp Diagonal(Random random, Shape shape)
    {
        int first = random.Next(shape.Rank), second = (first + 1 + random.Next(shape.Rank - 1)) % shape.Rank;
        return new(first, second, random.Next(-1, 2));
    }

    private static UnfoldOp Unfold(Random random, Shape shape)
    {
        int axis = random.Next(shape.Rank);
        long size = random.NextInt64(shape[axis] + 1);
        return new(axis, size, Math.Max(1, size) + random.Next(-1, 2) is var step and > 0 ? step : 1);
    }

    private static SliceOp Slice(Random random, Shape shape)
    {
        long[] starts = new long[shape.Rank], sizes = shape.ToArray(), steps = new long[shape.Rank];
        for (int d = 0; d < shape.Rank; d++)
        {
            steps[d] = random.Next(3) == 0 ? -1 : 1 + random.Next(2);
            long most = ((shape[d] - 1) / Math.Abs(steps[d])) + 1;
            sizes[d] = shape[d] <= 1 ? shape[d] : Math.Max(1, most - random.Next(2));
            long reach = (sizes[d] - 1) * Math.Abs(steps[d]);
            long first = shape[d] == 0 ? 0 : random.NextInt64(shape[d] - reach);
            starts[d] = steps[d] > 0 ? first : first + reach;
        }

        return new([.. starts], [.. sizes], [.. steps]);
    }

    private static ReshapeOp Reshape(Random random, Shape shape)
    {
        // Merge two neighbours, or split a dimension of even size.
        var dims = shape.ToArray().ToList();
        if (dims.Count >= 2 && random.Next(2) == 0)
        {
            int d = random.Next(dims.Count - 1);
            (dims[d], _) = (dims[d] * dims[d + 1], 0);
            dims.RemoveAt(d + 1);
        }
        else if (dims.FindIndex(s => s % 2 == 0 && s > 0) is >= 0 and var even && dims.Count < 6)
        {
            dims[even] /= 2;
            dims.Insert(even, 2);
        }

        return new([.. dims]);
    }

    private static ExpandOp Expand(Random random, Shape shape)
    {
        var dims = shape.ToArray();
        for (int d = 0; d < dims.Length; d++)
            if (dims[d] == 1 && random.Next(2) == 0)
                dims[d] = 2;
        return new([.. dims]);
    }
}
