namespace Nabla.Tests;

/// <summary>Loops over awkward layouts: short rows, broadcasts either way, transposes, slices; every element against its index.</summary>
public sealed class LayoutTests
{
    public static TheoryData<DType> Types => [DType.UInt8, DType.Int16, DType.Float16, DType.BFloat16, DType.Int32, DType.Float32, DType.Int64, DType.Float64];

    [Theory]
    [MemberData(nameof(Types))]
    public void Add_BroadcastsOfAnyRow_AddsWhatBelongsTogether(DType dtype)
    {
        foreach (var (rows, columns) in new[] { (1L, 1L), (700L, 1L), (1001L, 2L), (1001L, 3L), (333L, 10L), (211L, 17L), (100L, 63L), (40L, 64L), (9L, 1000L) })
        {
            var x = Numbers(dtype, rows, columns);
            var row = Numbers(dtype, columns);
            var column = Numbers(dtype, rows, 1);
            Check(Cpu.Run(BinaryOp.Add, x, row), rows, columns, (r, c) => Value((r * columns) + c) + Value(c));
            Check(Cpu.Run(BinaryOp.Add, column, x), rows, columns, (r, c) => Value((r * columns) + c) + Value(r));
            Check(Cpu.Run(BinaryOp.Add, column, row), rows, columns, (r, c) => Value(r) + Value(c));
            Check(Cpu.Run(BinaryOp.Add, Transposed(Numbers(dtype, columns, rows)), x), rows, columns, (r, c) => Value((c * rows) + r) + Value((r * columns) + c));
            var wide = Cpu.View(new SliceOp([0, 1], [rows, columns], [1, 1]), Numbers(dtype, rows, columns + 2));
            Check(Cpu.Run(BinaryOp.Add, wide, row), rows, columns, (r, c) => Value((r * (columns + 2)) + c + 1) + Value(c));
            var target = Transposed(Cpu.Device.Allocate(new(dtype, [columns, rows])));
            Check(Cpu.Into(target, BinaryOp.Add, [x, row]), rows, columns, (r, c) => Value((r * columns) + c) + Value(c));
        }
    }

    [Fact]
    public void MatMul_OfABatchOfRows_TakesNoStrideFromADimensionOfSizeOne()
    {
        var x = Numbers(DType.Float64, 5, 1, 4);
        var weight = Numbers(DType.Float64, 4, 3);
        var apart = Cpu.View(new SliceOp([0, 0, 0], [5, 1, 4], [1, 7, 1]), x); // the same elements; the step is never taken
        Assert.Equal(Cpu.Read<double>(Cpu.Run(MatMulOp.Instance, x, weight)), Cpu.Read<double>(Cpu.Run(MatMulOp.Instance, apart, weight)));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Copy_EveryPermutation_KeepsElements(DType dtype)
    {
        long[] sizes = [5, 33, 4, 70];
        var x = Cpu.View(new ReshapeOp([5, 33, 4, 70]), Numbers(dtype, 5 * 33 * 4 * 70));
        foreach (var axes in Permutations([0, 1, 2, 3]))
        {
            var view = Cpu.View(new PermuteOp([.. axes]), x);
            int[] y = Cpu.Read<int>(Cpu.Cast(Cpu.Run(CopyOp.Instance, view), DType.Int32));
            long[] shape = [.. axes.Select(a => sizes[a])], strides = [33 * 4 * 70, 4 * 70, 70, 1];
            for (int i = 0; i < y.Length; i++)
            {
                long rest = i, from = 0;
                for (int d = 3; d >= 0; d--)
                {
                    from += rest % shape[d] * strides[axes[d]];
                    rest /= shape[d];
                }

                Assert.True(Value(from) == y[i], $"{string.Join(", ", axes)}: [{i}] is {y[i]}, not {Value(from)}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Execute_EveryPermutationOfShortDimensions_ComputesAsOfACopy(DType dtype)
    {
        foreach (long[] sizes in new long[][] { [7, 3, 128, 2], [5, 33, 4, 9], [2, 3, 41, 65], [3, 2, 2, 2] })
        {
            long count = sizes.Aggregate(1L, (a, b) => a * b);
            var x = Cpu.View(new ReshapeOp([.. sizes]), Numbers(dtype, count));
            var mask = Cpu.Cast(Cpu.Run(BinaryOp.Gt, x, Numbers(dtype, 1)), DType.Bool);
            foreach (int[] axes in Permutations([0, 1, 2, 3]))
            {
                DeviceTensor view = Cpu.View(new PermuteOp([.. axes]), x), dense = Cpu.Run(CopyOp.Instance, view), row = Numbers(dtype, view.Shape[3]);
                DeviceTensor condition = Cpu.View(new PermuteOp([.. axes]), mask), denseCondition = Cpu.Run(CopyOp.Instance, condition);
                string name = $"{dtype} {view.Shape} {string.Join(", ", axes)}";
                Alike(name, Cpu.Run(UnaryOp.Sign, dense), Cpu.Run(UnaryOp.Sign, view));
                Alike(name, Cpu.Run(BinaryOp.Sub, dense, dense), Cpu.Run(BinaryOp.Sub, view, view));
                Alike(name, Cpu.Run(BinaryOp.Mul, dense, row), Cpu.Run(BinaryOp.Mul, view, row));
                Alike(name, Cpu.Run(BinaryOp.Add, row, dense), Cpu.Run(BinaryOp.Add, row, view));
                Alike(name, Cpu.Run(WhereOp.Instance, denseCondition, dense, row), Cpu.Run(WhereOp.Instance, condition, view, row));
                Alike(name, Cpu.Cast(dense, DType.Float64), Cpu.Cast(view, DType.Float64));
                Alike(name, Cpu.Cast(dense, DType.UInt8), Cpu.Cast(view, DType.UInt8));
                var target = Cpu.View(new PermuteOp([.. axes]), Cpu.Device.Allocate(new(dtype, x.Shape)));
                Alike(name, Cpu.Run(BinaryOp.Add, dense, row), Cpu.Into(target, BinaryOp.Add, [dense, row]));
                Alike(name, Cpu.Run(BinaryOp.Mul, dense, dense), Cpu.Into(target, BinaryOp.Mul, [view, view]));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Copy_SlicesAndFlips_KeepElements(DType dtype)
    {
        foreach (long columns in new[] { 1L, 2, 3, 5, 9, 15, 33, 70, 300 })
        {
            var x = Numbers(dtype, 20, (2 * columns) + 1);
            foreach (var (start, step) in new[] { (0L, 1L), (1L, 2L), (2 * columns, -1L), (2 * columns, -2L) })
            {
                var view = Cpu.View(new SliceOp([19, start], [10, columns], [-2, step]), x);
                Check(Cpu.Run(CopyOp.Instance, view), 10, columns, (r, c) => Value(((19 - (2 * r)) * ((2 * columns) + 1)) + start + (step * c)));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Copy_TransposedOfAnySize_KeepsElements(DType dtype)
    {
        foreach (var (rows, columns) in new[] { (4001L, 3L), (3L, 4001L), (33L, 1100L), (1100L, 33L), (512L, 640L), (1024L, 519L), (2048L, 1603L) })
            Check(Cpu.Run(CopyOp.Instance, Transposed(Numbers(dtype, columns, rows))), rows, columns, (r, c) => Value((c * rows) + r));
    }

    [Fact]
    public void Execute_ResultBeyondTheCaches_IsTheSame()
    {
        const int Count = 30_000_011; // more than the largest cache of most machines: written past it
        var x = Cpu.Run(new ArangeOp(DType.Float32, Count), [], 0, 1);
        var y = Cpu.Run(BinaryOp.Add, x, x);
        float[] sums = Cpu.Read<float>(y);
        for (int i = 0; i < Count; i += 1009)
            Assert.Equal(2f * i, sums[i]);
        Assert.Equal(2f * (Count - 1), sums[^1]);
        float[] opposites = Cpu.Read<float>(Cpu.Into(y, UnaryOp.Neg, [x]));
        for (int i = 0; i < Count; i += 1009)
            Assert.Equal(-(float)i, opposites[i]);
        Assert.Equal(-(float)(Count - 1), opposites[^1]);

        // Rows that end within a cache line.
        const int Columns = 1001, Rows = Count / Columns;
        var grid = Cpu.View(new ReshapeOp([Rows, Columns]), Cpu.View(new SliceOp([0], [Rows * Columns], [1]), x));
        var z = Cpu.Run(BinaryOp.Sub, grid, Cpu.Run(new ArangeOp(DType.Float32, Columns), [], 0, 1));
        float[] starts = Cpu.Read<float>(z);
        for (int r = 0; r < Rows; r++)
            for (int c = 0; c < Columns; c += r % 64 == 0 ? 1 : 500)
                Assert.Equal((float)((r * Columns) + c) - c, starts[(r * Columns) + c]);
        foreach (var tensor in new[] { x, y, z })
            tensor.Storage.Release();
    }

    private static void Alike(string name, DeviceTensor expected, DeviceTensor actual)
    {
        double[] values = Cpu.Read<double>(Cpu.Cast(actual, DType.Float64)), wanted = Cpu.Read<double>(Cpu.Cast(expected, DType.Float64));
        for (int i = 0; i < wanted.Length; i++)
            Assert.True(BitConverter.DoubleToInt64Bits(wanted[i]) == BitConverter.DoubleToInt64Bits(values[i]), $"{name}: [{i}] is {values[i]}, not {wanted[i]}");
    }

    /// <summary>Small whole numbers that every type holds, and their sums, too.</summary>
    private static long Value(long i) => i * 7 % 61;

    private static DeviceTensor Numbers(DType dtype, params long[] shape) =>
        Cpu.Cast(Cpu.Tensor([.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(i => (int)Value(i))], shape), dtype);

    private static DeviceTensor Transposed(DeviceTensor x) => Cpu.View(new PermuteOp([1, 0]), x);

    private static void Check(DeviceTensor y, long rows, long columns, Func<long, long, long> expected)
    {
        int[] values = Cpu.Read<int>(Cpu.Cast(Cpu.Run(CopyOp.Instance, y), DType.Int32));
        for (long r = 0, i = 0; r < rows; r++)
            for (long c = 0; c < columns; c++, i++)
                Assert.True(expected(r, c) == values[i], $"{y.DType} {rows} x {columns}: [{r}, {c}] is {values[i]}, not {expected(r, c)}");
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length == 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(i => i != first)]).Select(rest => (int[])[first, .. rest]));
}
