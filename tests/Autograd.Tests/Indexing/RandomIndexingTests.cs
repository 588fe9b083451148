namespace Nabla.Tests.Indexing;

/// <summary>Random entries against lists of positions.</summary>
public sealed class RandomIndexingTests
{
    [Fact]
    public void GetAndSet_AgreeWithListsOfPositions()
    {
        for (int seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            long[] shape = [.. Enumerable.Range(0, random.Next(0, 4)).Select(_ => (long)random.Next(0, 5))];
            long count = shape.Aggregate(1L, (product, size) => product * size);
            var x = Tensor.Arange(count).Reshape(shape).Clone();
            var (entries, positions, result) = Entries(shape, random);
            long[] expected = [.. Product(shape, positions)];
            var part = x[entries];
            Assert.Equal(result, part.Shape);
            Assert.Equal(expected, part.ToArray<long>());

            x[entries] = -1;
            long[] written = [.. Enumerable.Range(0, (int)count).Select(i => expected.Contains(i) ? -1L : i)];
            Assert.Equal(written, x.ToArray<long>());
        }
    }

    private static (TensorIndex[] Entries, List<long[]> Positions, List<long> Result) Entries(long[] shape, Random random)
    {
        var entries = new List<TensorIndex>();
        var positions = new List<long[]>();
        var result = new List<long>();
        bool open = false;
        for (int dim = 0; dim < shape.Length; dim++)
        {
            long size = shape[dim];
            long[] all = [.. Enumerable.Range(0, (int)size).Select(i => (long)i)];
            if (random.Next(4) == 0)
            {
                entries.Add(TensorIndex.NewAxis);
                result.Add(1);
            }

            switch (random.Next(4))
            {
                case 0 when size > 0:
                    long at = random.NextInt64(-size, size);
                    entries.Add(at);
                    positions.Add([at < 0 ? at + size : at]);
                    break;
                case 1 when !open:
                    open = true;
                    entries.Add(TensorIndex.Ellipsis);
                    int stop = random.Next(dim, shape.Length + 1);
                    for (; dim < stop; dim++)
                    {
                        positions.Add([.. Enumerable.Range(0, (int)shape[dim]).Select(i => (long)i)]);
                        result.Add(shape[dim]);
                    }

                    // What the ellipsis leaves is named in full.
                    for (; dim < shape.Length; dim++)
                    {
                        entries.Add(..);
                        positions.Add([.. Enumerable.Range(0, (int)shape[dim]).Select(i => (long)i)]);
                        result.Add(shape[dim]);
                    }

                    break;
                case 2:
                    long start = random.Next(-7, 8), end = random.Next(-7, 8), step = random.Next(1, 4);
                    entries.Add(TensorIndex.Slice(start, end, step));
                    long first = Math.Clamp(start < 0 ? start + size : start, 0, size), last = Math.Clamp(end < 0 ? end + size : end, 0, size);
                    long[] taken = [.. all.Where(i => i >= first && i < last && (i - first) % step == 0)];
                    positions.Add(taken);
                    result.Add(taken.Length);
                    break;
                default:
                    entries.Add(1..^1);
                    long[] inner = [.. all.Where(i => i >= 1 && i < size - 1)];
                    positions.Add(inner);
                    result.Add(inner.Length);
                    break;
            }
        }

        return ([.. entries], positions, result);
    }

    private static IEnumerable<long> Product(long[] shape, List<long[]> positions) =>
        positions.Select((p, d) => (p, size: shape[d])).Aggregate((IEnumerable<long>)[0L], (offsets, next) => offsets.SelectMany(o => next.p.Select(i => o * next.size + i)));
}
