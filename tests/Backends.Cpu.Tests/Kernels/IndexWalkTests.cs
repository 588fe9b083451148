namespace Nabla.Tests;

/// <summary>Gather and scatter where a walk goes down the rows of indices: an index for a whole row, and rows of one index.</summary>
public sealed class IndexWalkTests
{
    private const int Size = 11;

    /// <summary>Indices have the shape [Outer, Rows, Columns], or [Outer, Rows, 1] that is repeated for the columns.</summary>
    public static IEnumerable<TheoryDataRow<int, int, int, bool, bool>> Cases =>
        from axis in new[] { 0, 1 }
        from shape in new[] { (1, 5000, 1), (3, 2000, 1), (400, 9, 1), (2000, 1, 1), (700, 1, 4), (60, 1, 33), (1, 1, 1), (1, 1, 40), (1, 700, 20), (5, 130, 33), (150, 3, 16) }
        from permuted in new[] { false, true }
        select new TheoryDataRow<int, int, int, bool, bool>(shape.Item1, shape.Item2, shape.Item3, axis == 0, permuted);

    [Theory]
    [MemberData(nameof(Cases))]
    public void GatherAndScatterAdd_DownTheRows_AreThePlainLoops(int outer, int rows, int columns, bool first, bool permuted)
    {
        int axis = first ? 0 : 1;
        long[] index = [.. Enumerable.Range(0, outer * rows).Select(i => i * 7919L % Size)];
        long[] shape = first ? [Size, rows, columns] : [outer, Size, columns];
        float[] values = [.. Enumerable.Range(0, (int)(shape[0] * shape[1] * columns)).Select(i => (float)Math.Sin(i * 0.7) * 1e3f)];
        float[] picked = new float[outer * rows * columns], sums = [.. values];
        for (int o = 0, i = 0; o < outer; o++)
        {
            for (int r = 0; r < rows; r++)
            {
                long at = first ? (index[(o * rows) + r] * rows) + r : (o * Size) + index[(o * rows) + r];
                for (int c = 0; c < columns; c++, i++)
                {
                    picked[i] = values[(at * columns) + c];
                    sums[(at * columns) + c] += picked[i];
                }
            }
        }

        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            DeviceTensor x = Cpu.Tensor(device, values, shape), at = Indices(device, index, outer, rows, permuted);
            if (columns > 1)
                at = Dispatch.View(new ExpandOp([outer, rows, columns]), at)!;
            var y = Dispatch.Execute(device, new GatherOp(axis), [x, at], default);
            Assert.Equal(picked, Cpu.Read<float>(y));
            Assert.Equal(sums, Cpu.Read<float>(Dispatch.Execute(device, new ScatterAddOp(axis), [x, at, y], default)));
        }
    }

    /// <summary>Few indices in each row, which differ, on all three axes; duplicates are added in row-major order.</summary>
    [Theory]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(2, 8)]
    [InlineData(1, 9)]
    public void GatherAndScatterAdd_FewColumns_AreThePlainLoops(int axis, int columns)
    {
        const int Outer = 40, Rows = 60;
        long[] index = [.. Enumerable.Range(0, Outer * Rows * columns).Select(i => i * 7919L % Size)], shape = [Outer, Rows, columns];
        shape[axis] = Size;
        float[] values = [.. Enumerable.Range(0, (int)(shape[0] * shape[1] * shape[2])).Select(i => (float)Math.Sin(i * 0.7) * 1e3f)];
        float[] picked = new float[index.Length], sums = [.. values];
        for (int i = 0; i < index.Length; i++)
        {
            long[] at = [i / columns / Rows, i / columns % Rows, i % columns];
            at[axis] = index[i];
            long from = (((at[0] * shape[1]) + at[1]) * shape[2]) + at[2];
            picked[i] = values[from];
            sums[from] += picked[i];
        }

        foreach (int threads in new[] { 1, 2, 3 })
        {
            using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
            DeviceTensor x = Cpu.Tensor(device, values, shape), at = Cpu.Tensor(device, index, [Outer, Rows, columns]);
            var y = Dispatch.Execute(device, new GatherOp(axis), [x, at], default);
            Assert.Equal(picked, Cpu.Read<float>(y));
            Assert.Equal(sums, Cpu.Read<float>(Dispatch.Execute(device, new ScatterAddOp(axis), [x, at, y], default)));
        }
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(299, 1)]
    [InlineData(150, 8)]
    public void GatherAndScatterAdd_OneIndexOutOfRange_NameIt(int bad, int columns)
    {
        long[] index = [.. Enumerable.Range(0, 300).Select(i => i == bad ? Size : i % (long)Size)];
        var at = Dispatch.View(new ExpandOp([300, columns]), Cpu.Tensor(index, 300, 1))!;
        DeviceTensor x = Cpu.Tensor(new float[Size * columns], Size, columns), source = Cpu.Tensor(new float[300 * columns], 300, columns);
        string message = $"index {Size} is out of range for dimension 0 of size {Size}";
        Assert.Contains(message, Assert.Throws<TensorIndexException>(() => Cpu.Run(new GatherOp(0), x, at)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<TensorIndexException>(() => Cpu.Run(new ScatterAddOp(0), x, at, source)).Message, StringComparison.Ordinal);
    }

    /// <summary>The same indices, with the two dimensions in either order in memory.</summary>
    private static DeviceTensor Indices(CpuDevice device, long[] index, int outer, int rows, bool permuted)
    {
        if (!permuted)
            return Cpu.Tensor(device, index, [outer, rows, 1]);
        long[] turned = [.. Enumerable.Range(0, index.Length).Select(i => index[(i % outer * rows) + (i / outer)])];
        return Dispatch.View(new PermuteOp([1, 0, 2]), Cpu.Tensor(device, turned, [rows, outer, 1]))!;
    }
}
