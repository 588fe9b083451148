namespace Nabla.Tests;

public sealed class MovementTests
{
    private static DeviceTensor Grid => Cpu.Tensor<int>([1, 2, 3, 4, 5, 6], 2, 3);

    [Fact]
    public void Gather_AlongEachDimension_Picks()
    {
        var index = Cpu.Tensor<long>([0, 1, 1, 1, 0, 0], 2, 3);
        Assert.Equal([1, 5, 6, 4, 2, 3], Cpu.Read<int>(Cpu.Run(new GatherOp(0), Grid, index)));
        Assert.Equal([3, 1, 4, 6], Cpu.Read<int>(Cpu.Run(new GatherOp(1), Grid, Cpu.Tensor<long>([2, 0, 0, 2], 2, 2))));
        var rows = Cpu.View(new ExpandOp([3, 3]), Cpu.Tensor<long>([1, 0, 1], 3, 1));
        Assert.Equal([4, 5, 6, 1, 2, 3, 4, 5, 6], Cpu.Read<int>(Cpu.Run(new GatherOp(0), Grid, rows)));
        Assert.Equal([7], Cpu.Read<int>(Cpu.Run(new GatherOp(0), Cpu.Run(new FullOp(DType.Int32, []), [], 7), Cpu.Run(new FullOp(DType.Int64, []), [], 0))));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(long.MaxValue)]
    public void GatherAndScatter_IndexOutOfRange_NamesIt(long bad)
    {
        var index = Cpu.Tensor<long>([0, bad], 2, 1);
        var gather = Assert.Throws<TensorIndexException>(() => Cpu.Run(new GatherOp(1), Grid, index));
        Assert.Contains($"gather: index {bad} is out of range for dimension 1 of size 3", gather.Message, StringComparison.Ordinal);
        var scatter = Assert.Throws<TensorIndexException>(() => Cpu.Run(new ScatterAddOp(1), Grid, index, Cpu.Tensor<int>([1, 1], 2, 1)));
        Assert.Contains($"scatter_add: index {bad} is out of range for dimension 1 of size 3", scatter.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(1002)]
    public void Gather_LongRowWithOneIndexOutOfRange_NamesIt(int at)
    {
        long[] index = [.. Enumerable.Range(0, 1003).Select(i => i % 3L)];
        var row = Cpu.Tensor<int>([10, 20, 30], 1, 3);
        Assert.Equal([.. index.Select(i => (int)(10 * (i + 1)))], Cpu.Read<int>(Cpu.Run(new GatherOp(1), row, Cpu.Tensor(index, 1, 1003))));
        index[at] = -5;
        var error = Assert.Throws<TensorIndexException>(() => Cpu.Run(new GatherOp(1), row, Cpu.Tensor(index, 1, 1003)));
        Assert.Contains("index -5 is out of range for dimension 1 of size 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ScatterAdd_RepeatedIndices_Sums()
    {
        var index = Cpu.Tensor<long>([0, 0, 2, 1, 1, 1], 2, 3);
        var source = Cpu.Tensor<int>([10, 20, 30, 1, 2, 3], 2, 3);
        Assert.Equal([31, 2, 33, 4, 11, 6], Cpu.Read<int>(Cpu.Run(new ScatterAddOp(1), Grid, index, source)));
        Assert.Equal([31, 2, 33, 4, 11, 6], Cpu.Read<int>(Cpu.Cast(Cpu.Run(
            new ScatterAddOp(1), Cpu.Cast(Grid, DType.BFloat16), index, Cpu.Cast(source, DType.BFloat16)), DType.Int32)));
        var target = Grid;
        Cpu.Into(target, new ScatterAddOp(1), [target, index, source]);
        Assert.Equal([31, 2, 33, 4, 11, 6], Cpu.Read<int>(target));
    }

    [Fact]
    public void Pad_Concat_SliceScatter_PlaceElements()
    {
        Assert.Equal([9, 9, 9, 9, 9, 1, 2, 3, 9, 4, 5, 6], Cpu.Read<int>(Cpu.Run(new PadOp([1, 1], [0, 0]), [Grid], 9)));
        Assert.Equal([1, 2, 3, 1, 2, 3, 4, 5, 6, 4, 5, 6], Cpu.Read<int>(Cpu.Run(new ConcatOp(1), Grid, Grid)));
        var slice = new SliceOp([1, 2], [1, 2], [1, -2]);
        Assert.Equal([1, 2, 3, 8, 5, 7], Cpu.Read<int>(Cpu.Run(new SliceScatterOp(slice), Grid, Cpu.Tensor<int>([7, 8], 1, 2))));
    }

    [Fact]
    public void Concat_FewLongRows_SharesThemOut()
    {
        const int Rows = 3, Left = 100_003, Right = 40_001;
        using var device = CpuDevice.Create(new CpuOptions { MaxThreads = 3 });
        int[] left = [.. Enumerable.Range(0, Rows * Left)], right = [.. Enumerable.Range(0, Rows * Right).Select(i => -i)];
        int[] joined = Cpu.Read<int>(Dispatch.Execute(
            device, new ConcatOp(1), [Cpu.Tensor(device, left, [Rows, Left]), Cpu.Tensor(device, right, [Rows, Right])], default));
        for (int r = 0; r < Rows; r++)
        {
            Assert.Equal(left.AsSpan(r * Left, Left), joined.AsSpan(r * (Left + Right), Left));
            Assert.Equal(right.AsSpan(r * Right, Right), joined.AsSpan((r * (Left + Right)) + Left, Right));
        }
    }

    [Fact]
    public void MatMul_BroadcastTransposedAndHalf_Multiplies()
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16, DType.Int8, DType.Int64 })
        {
            var a = Cpu.Cast(Cpu.Tensor<int>([1, 2, 3, 4, 5, 6, -1, 0, 1, 2, 0, -2], 2, 1, 2, 3), dtype);
            var b = Cpu.View(new PermuteOp([0, 2, 1]), Cpu.Cast(Cpu.Tensor<int>([1, 0, 2, 3, 1, 0, 0, 1, 1, 2, 2, 2], 2, 2, 3), dtype));
            int[] expected = [7, 5, 16, 17, 5, 12, 11, 30, 1, -3, -2, 6, 1, 0, -2, 0];
            Assert.Equal(expected, Cpu.Read<int>(Cpu.Cast(Cpu.Run(MatMulOp.Instance, a, b), DType.Int32)));
            var target = Cpu.View(new PermuteOp([1, 0, 3, 2]), Cpu.Device.Allocate(new(dtype, [2, 2, 2, 2])));
            Assert.Equal(expected, Cpu.Read<int>(Cpu.Cast(Cpu.Into(target, MatMulOp.Instance, [a, b]), DType.Int32)));
        }
    }

    [Fact]
    public void Where_Broadcasts()
    {
        var condition = Cpu.Tensor<bool>([true, false, true], 1, 3);
        Assert.Equal([1, 0, 3, 4, 0, 6], Cpu.Read<int>(Cpu.Run(WhereOp.Instance, condition, Grid, Cpu.Run(new FullOp(DType.Int32, []), [], 0))));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Where_OneConditionAndAViewOfTheOtherValue_Chooses(bool condition)
    {
        var c = Cpu.Tensor([condition], 1);
        var x = Cpu.Tensor<int>([1, 2, 3]);
        var first = Cpu.View(new SliceOp([0], [1], [1]), x); // starts where x starts
        int[] ones = [1, 1, 1], all = [1, 2, 3];
        Assert.Equal(condition ? ones : all, Cpu.Read<int>(Cpu.Run(WhereOp.Instance, c, first, x)));
        Assert.Equal(condition ? all : ones, Cpu.Read<int>(Cpu.Run(WhereOp.Instance, c, x, first)));
    }

    [Fact]
    public void Where_OneConditionPerRowAndAViewOfTheOtherValue_Chooses()
    {
        const int Columns = 100;
        var c = Cpu.Tensor([true, false, true], 3, 1);
        var x = Cpu.Tensor([.. Enumerable.Range(0, 3 * Columns)], 3, Columns);
        var first = Cpu.View(new SliceOp([0, 0], [3, 1], [1, 1]), x);
        int[] left = Cpu.Read<int>(Cpu.Run(WhereOp.Instance, c, first, x)), right = Cpu.Read<int>(Cpu.Run(WhereOp.Instance, c, x, first));
        for (int i = 0; i < 3 * Columns; i++)
        {
            int row = i / Columns, start = row * Columns;
            Assert.Equal(row != 1 ? start : i, left[i]);
            Assert.Equal(row != 1 ? i : start, right[i]);
        }
    }

    [Fact]
    public void RandomBits_AnyLength_IsTheReferenceSequence()
    {
        foreach (int count in new[] { 1, 2, 3, 4, 5, 7, 8191, 8192, 8193, 30_001 })
        {
            int[] bits = Cpu.Read<int>(Cpu.Run(new RandomBitsOp([count]), [], 0x1_0000_0007, 5));
            for (int i = 0; i < count; i++)
            {
                var (x0, x1, x2, x3) = Philox.Block(0x1_0000_0007, (ulong)(5 + (i / 4)));
                Assert.Equal((i % 4) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 }, (uint)bits[i]);
            }
        }
    }

    [Fact]
    public void Arange_ManyElements_SharesThemOut()
    {
        const int Count = 300_007;
        using var device = CpuDevice.Create(new CpuOptions { MaxThreads = 3 });
        Assert.Equal(
            [.. Enumerable.Range(0, Count).Select(i => (float)(0.5 + (i * 0.1)))],
            Cpu.Read<float>(Dispatch.Execute(device, new ArangeOp(DType.Float32, Count), [], [0.5, 0.1])));
        Assert.Equal(
            [.. Enumerable.Range(0, Count).Select(i => (short)(5 - (3 * i)))],
            Cpu.Read<short>(Dispatch.Execute(device, new ArangeOp(DType.Int16, Count), [], [5, -3])));
        Assert.Equal(
            [.. Enumerable.Range(0, Count).Select(i => (Half)(float)(i * 0.01))],
            Cpu.Read<Half>(Dispatch.Execute(device, new ArangeOp(DType.Float16, Count), [], [0.0, 0.01])));
    }

    [Fact]
    public void Arange_EveryType_IsComputedFromTheIndex()
    {
        Assert.Equal([3L, 1, -1], Cpu.Read<long>(Cpu.Run(new ArangeOp(DType.Int64, 3), [], 3, -2)));
        Assert.Equal([0f, 0.1f, 0.2f, 0.3f], Cpu.Read<float>(Cpu.Run(new ArangeOp(DType.Float32, 4), [], 0, 0.1)));
        Assert.Equal([(Half)1, (Half)1.5], Cpu.Read<Half>(Cpu.Run(new ArangeOp(DType.Float16, 2), [], 1, 0.5)));
    }
}
