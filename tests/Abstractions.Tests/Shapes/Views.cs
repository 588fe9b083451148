using CsCheck;

namespace Nabla.Tests;

/// <summary>Random chains of views, and the addresses that they show, one by one.</summary>
internal static class Views
{
    public static Gen<Shape> Shapes(int maxRank = 4, int maxSize = 4) =>
        Gen.Long[1, maxSize].Array[0, maxRank].Select(dims => Shape.Create(dims));

    /// <summary>Some views of a dense tensor: permuted, sliced with any step, reversed, expanded, reshaped, diagonals.</summary>
    public static Gen<DeviceTensor> Of(DeviceTensor source, int steps = 3) =>
        Gen.Int[0, int.MaxValue].Select(seed =>
        {
            var random = new Random(seed);
            var view = source;
            for (int i = random.Next(steps + 1); i > 0; i--)
                view = Dispatch.View(Random(view.Shape, random), view) ?? view;
            return view;
        });

    public static long[] Addresses(Shape shape, in Layout layout)
    {
        var result = new long[shape.ElementCount];
        for (long i = 0; i < result.Length; i++)
        {
            long rest = i, address = layout.Offset;
            for (int d = shape.Rank - 1; d >= 0; d--)
            {
                address += rest % shape[d] * layout.Strides[d];
                rest /= shape[d];
            }

            result[i] = address;
        }

        return result;
    }

    public static long[] Addresses(DeviceTensor tensor) => Addresses(tensor.Shape, tensor.Layout);

    /// <summary>A shape with as many elements: the factors spread over dimensions, some of size 1 between.</summary>
    public static Shape Regroup(long count, Random random)
    {
        List<long> dims = [];
        while (count > 1)
        {
            var divisors = Enumerable.Range(2, (int)count - 1).Where(f => count % f == 0).ToArray();
            int pick = divisors[random.Next(divisors.Length)];
            dims.Insert(random.Next(dims.Count + 1), pick);
            count /= pick;
        }

        while (random.Next(3) == 0)
            dims.Insert(random.Next(dims.Count + 1), 1);
        return Shape.Create(dims.ToArray());
    }

    private static ViewOp Random(Shape shape, Random random)
    {
        switch (random.Next(5))
        {
            case 0:
                int[] order = [.. Enumerable.Range(0, shape.Rank)];
                random.Shuffle(order);
                return new PermuteOp(ValueArray.Create<int>(order));
            case 1:
                return new ReshapeOp(Regroup(shape.ElementCount, random));
            case 2 when shape.Rank < 5:
                return new ExpandOp(Shape.Create([.. random.Next(2) == 0 ? [] : new long[] { 2 }, .. shape.Select(s => s == 1 ? random.Next(1, 3) : s)]));
            case 3 when shape.Rank >= 2:
                int first = random.Next(shape.Rank);
                return new DiagonalOp(first, (first + 1 + random.Next(shape.Rank - 1)) % shape.Rank, random.Next(-1, 2)) is var op && op.Length(shape) > 0 ? op : op with { Offset = 0 };
            default:
                long[] starts = new long[shape.Rank], sizes = new long[shape.Rank], steps = new long[shape.Rank];
                for (int d = 0; d < shape.Rank; d++)
                {
                    long step = random.Next(1, 3), start = random.NextInt64(shape[d]);
                    long size = random.NextInt64(1, ((shape[d] - 1 - start) / step) + 2);
                    bool back = random.Next(3) == 0;
                    (starts[d], sizes[d], steps[d]) = back ? (start + ((size - 1) * step), size, -step) : (start, size, step);
                }

                return new SliceOp(ValueArray.Create<long>(starts), ValueArray.Create<long>(sizes), ValueArray.Create<long>(steps));
        }
    }
}
