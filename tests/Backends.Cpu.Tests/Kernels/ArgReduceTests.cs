using System.Runtime.InteropServices;

namespace Nabla.Tests;

/// <summary>Searches along a middle dimension: tiles of a few columns, many to a part.</summary>
public sealed class ArgReduceTests
{
    [Theory]
    [InlineData(70_001, 5, 2)]
    [InlineData(301, 3, 300)]     // two tiles of columns
    [InlineData(40_000, 4, 1)]
    [InlineData(3, 50_000, 2)]    // cut into segments
    [InlineData(2, 5, 3)]
    public void Run_MiddleDimension_FindsTheFirstBest(int outer, int count, int inner)
    {
        var random = new Random(24);
        float[] values = [.. Enumerable.Range(0, outer * count * inner).Select(_ => (float)random.Next(4))];
        values[random.Next(values.Length)] = float.NaN;
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            var x = Cpu.Tensor(device, values, [outer, count, inner]);
            foreach (bool max in new[] { true, false })
            {
                var y = Dispatch.Execute(device, max ? ArgReduceOp.Max(1, false) : ArgReduceOp.Min(1, false), [x], default);
                var indices = new long[outer * inner];
                device.Download(y, MemoryMarshal.AsBytes(indices.AsSpan()));
                Assert.Equal(Expected(values, outer, count, inner, max), indices);
            }
        }
    }

    [Theory]
    [InlineData(1_000_000, 5)]
    [InlineData(100_000, 100)]
    [InlineData(7, 20_000)]
    [InlineData(1, 1)]
    public unsafe void UnitsPerPart_AnyShape_LeavesPartsOfSomeLength(long outputs, long count)
    {
        using var pool = new WorkerPool(3);
        var nest = new ReduceNest { Outputs = outputs, Count = count };
        long perPart = ReduceParts.UnitsPerPart(pool, &nest, outputs);
        Assert.InRange(perPart, 1, outputs);
        Assert.InRange((outputs + perPart - 1) / perPart, 1, 16 * pool.Threads);
        Assert.True(perPart == outputs || perPart * count >= Chunks.MinWorkPerPart - count);
    }

    private static long[] Expected(float[] values, int outer, int count, int inner, bool max)
    {
        var indices = new long[outer * inner];
        for (int output = 0; output < indices.Length; output++)
        {
            int first = (output / inner * count * inner) + (output % inner), best = 0;
            for (int i = 1; i < count && !float.IsNaN(values[first + (best * inner)]); i++)
            {
                float value = values[first + (i * inner)], before = values[first + (best * inner)];
                if (float.IsNaN(value) || (max ? value > before : value < before))
                    best = i;
            }

            indices[output] = best;
        }

        return indices;
    }
}
