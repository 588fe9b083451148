namespace Nabla.Tests;

public sealed class ReductionTests
{
    private static readonly float[] Cube = [.. Enumerable.Range(0, 2 * 3 * 4).Select(i => (float)((i * 7) % 11) - 5)];

    [Fact]
    public void Sum_FourMillionTenths_IsExact()
    {
        var x = Cpu.Run(new FullOp(DType.Float32, [4_000_000]), [], 0.1f);
        Assert.Equal([400_000f], Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([0], false), x)));
        var columns = Cpu.Run(new FullOp(DType.Float32, [1_000_000, 4]), [], 0.1f);
        Assert.Equal([100_000f, 100_000f, 100_000f, 100_000f], Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([0], false), columns)));
        var wide = Cpu.Run(new FullOp(DType.Float32, [100_000, 40]), [], 0.1f);
        Assert.Equal(Enumerable.Repeat(10_000f, 40), Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([0], false), wide)));
        var half = Cpu.Run(new FullOp(DType.Float16, [40_000]), [], 0.125);
        Assert.Equal([(Half)5000], Cpu.Read<Half>(Cpu.Run(ReduceOp.Sum([0], false), half)));
    }

    [Theory]
    [InlineData(1f / 3, 1e-3f, 7f)]
    [InlineData(float.MaxValue, float.MaxValue, 1f)]
    [InlineData(1f, float.NaN, 2f)]
    public void Sum_ColumnsOfAnyWidth_RoundsEachOnce(float a, float b, float c)
    {
        foreach (int width in new[] { 1, 3, 4, 7, 8, 9, 16, 31, 33, 1025 })
        {
            var x = Cpu.Tensor([.. new[] { a, b, c }.SelectMany(v => Enumerable.Repeat(v, width))], 3, width);
            Assert.Equal(Enumerable.Repeat((float)((double)a + b + c), width), Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([0], false), x)));
        }
    }

    [Theory]
    [InlineData(new[] { 0 })]
    [InlineData(new[] { 1 })]
    [InlineData(new[] { 2 })]
    [InlineData(new[] { 0, 1 })]
    [InlineData(new[] { 0, 2 })]
    [InlineData(new[] { 1, 2 })]
    [InlineData(new[] { 0, 1, 2 })]
    public void Reduce_AnyAxes_MatchesTheDefinition(int[] axes)
    {
        foreach (int[] order in new int[][] { [0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0] })
        {
            int[] sizes = [2, 3, 4];
            var source = Cpu.Tensor(Cube, 2, 3, 4);
            var x = Cpu.View(new PermuteOp(ValueArray.Create<int>(order)), source);
            long[] dims = x.Shape.ToArray();
            foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16, DType.Int8, DType.Int16, DType.Int32, DType.Int64 })
            {
                var typed = Cpu.View(new PermuteOp(ValueArray.Create<int>(order)), Cpu.Cast(source, dtype));
                Check(ReduceOp.Sum([.. axes], false), typed, dims, axes, 0, (a, b) => a + b);
                Check(ReduceOp.Max([.. axes], true), typed, dims, axes, double.NegativeInfinity, Math.Max);
                Check(ReduceOp.Min([.. axes], false), typed, dims, axes, double.PositiveInfinity, Math.Min);
            }
        }
    }

    [Fact]
    public void Reduce_LongAndWide_MatchesTheDefinition()
    {
        foreach (var (rows, columns) in new[] { (3L, 300_001L), (300_001L, 3L), (1000L, 700L), (700L, 1000L), (1L, 200_003L) })
        {
            var values = Enumerable.Range(0, (int)(rows * columns)).Select(i => (float)((i * 31L) % 17) - 8).ToArray();
            var x = Cpu.Tensor(values, rows, columns);
            foreach (int axis in new[] { 0, 1 })
            {
                long outputs = axis == 0 ? columns : rows;
                var sums = new double[outputs];
                var largest = Enumerable.Repeat(double.NegativeInfinity, (int)outputs).ToArray();
                for (long i = 0; i < rows * columns; i++)
                {
                    long o = axis == 0 ? i % columns : i / columns;
                    sums[o] += values[i];
                    largest[o] = Math.Max(largest[o], values[i]);
                }

                Assert.Equal(sums.Select(s => (float)s), Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([axis], false), x)));
                Assert.Equal(largest.Select(s => (float)s), Cpu.Read<float>(Cpu.Run(ReduceOp.Max([axis], false), x)));
                Assert.Equal(sums.Select(s => (long)s), Cpu.Read<long>(Cpu.Run(ReduceOp.Sum([axis], false), Cpu.Cast(x, DType.Int64))));
            }
        }
    }

    /// <summary>Rows whose results are collected, and rows of several pieces, that do not follow each other in memory.</summary>
    [Theory]
    [InlineData(150, 70)]
    [InlineData(150, 1)]
    [InlineData(1, 33)]
    [InlineData(3, 40_001)]
    public void Reduce_RowsOfASlice_MatchesTheDefinition(int rows, int columns)
    {
        var values = Enumerable.Range(0, 6 * rows * columns).Select(i => (float)((i * 37L % 101) - 50)).ToArray();
        var x = Cpu.View(new SliceOp([0, rows - 1, 0], [3, rows, columns], [2, -1, 1]), Cpu.Tensor(values, 6, rows, columns));
        var expected = Enumerable.Range(0, 3 * rows)
            .Select(o => values.Skip(((o / rows * 2 * rows) + (rows - 1 - (o % rows))) * columns).Take(columns).ToArray()).ToArray();
        Assert.Equal(expected.Select(row => row.Sum()), Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([2], false), x)));
        Assert.Equal(expected.Select(row => row.Max()), Cpu.Read<float>(Cpu.Run(ReduceOp.Max([2], false), x)));
        Assert.Equal(expected.Select(row => row.Min()), Cpu.Read<float>(Cpu.Run(ReduceOp.Min([2], false), x)));
    }

    /// <summary>Rows of a few columns, which are combined as wide ones, with and without rows left over.</summary>
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int64)]
    public void Reduce_LongNarrowColumns_MatchesTheDefinition(DType dtype)
    {
        foreach (var (outer, rows, columns) in new[] { (1L, 4096L, 3L), (1L, 30_011L, 3L), (3L, 2501L, 5L), (2L, 1100L, 17L), (1L, 1040L, 64L), (9L, 130L, 7L), (1L, 129L, 65L) })
        {
            var values = Enumerable.Range(0, (int)(outer * rows * columns)).Select(i => (float)((i * 37L % 101) - 50)).ToArray();
            var signs = values.Select(v => v < -40 ? -1f : 1f).ToArray();
            var columnOf = Enumerable.Range(0, values.Length).ToLookup(i => (i / (rows * columns) * columns) + (i % columns));
            var outputs = Enumerable.Range(0, (int)(outer * columns)).Select(c => columnOf[c].ToArray()).ToArray();
            DeviceTensor x = Cpu.Cast(Cpu.Tensor(values, outer, rows, columns), dtype), s = Cpu.Cast(Cpu.Tensor(signs, outer, rows, columns), dtype);
            double[] Reduced(ReduceOp op, DeviceTensor t) => Cpu.Read<double>(Cpu.Cast(Cpu.Run(op, t), DType.Float64));
            Assert.Equal(outputs.Select(o => o.Max(i => (double)values[i])), Reduced(ReduceOp.Max([1], false), x));
            Assert.Equal(outputs.Select(o => o.Min(i => (double)values[i])), Reduced(ReduceOp.Min([1], false), x));
            Assert.Equal(outputs.Select(o => o.Aggregate(1.0, (p, i) => p * signs[i])), Reduced(ReduceOp.Prod([1], false), s));
            double Rounded(double sum) => dtype == DType.Int8 ? unchecked((sbyte)(long)sum) : (double)(Half)sum; // sums are whole numbers
            Assert.Equal(outputs.Select(o => Rounded(o.Sum(i => (double)values[i]))), Reduced(ReduceOp.Sum([1], false), x).Select(Rounded));
        }
    }

    /// <summary>Short axes, inside and in the middle, whose lines are brought together: with more of them than a tile has room for, and transposed.</summary>
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Reduce_ShortAxes_MatchesTheDefinition(DType dtype)
    {
        foreach (int[] sizes in new int[][] { [700, 2, 4], [3, 5, 700], [67, 3, 33], [9, 17, 20], [1100, 9, 1], [5, 2, 127], [5, 2, 129], [3, 66, 5] })
        {
            float[] values = [.. Enumerable.Range(0, sizes[0] * sizes[1] * sizes[2]).Select(i => i % 29 == 28 ? -2f : i % 31 == 30 ? 0.5f : 1f)];
            var source = Cpu.Cast(Cpu.Tensor(values, sizes[0], sizes[1], sizes[2]), dtype);
            foreach (int[] order in new int[][] { [0, 1, 2], [2, 1, 0], [1, 0, 2] })
            {
                var x = Cpu.View(new PermuteOp(ValueArray.Create<int>(order)), source);
                long[] dims = x.Shape.ToArray();
                foreach (int[] axes in new int[][] { [0], [1], [2], [0, 2] })
                {
                    if (axes.Aggregate(1L, (n, a) => n * dims[a]) > 100)
                        continue; // whose results half types have no digits for
                    Check(ReduceOp.Max([.. axes], true), x, dims, axes, double.NegativeInfinity, Math.Max);
                    Check(ReduceOp.Min([.. axes], false), x, dims, axes, double.PositiveInfinity, Math.Min);
                    Check(ReduceOp.Sum([.. axes], false), x, dims, axes, 0, (a, b) => a + b);
                    if (dtype.IsFloatingPoint())
                        Check(ReduceOp.Prod([.. axes], false), x, dims, axes, 1, (a, b) => a * b);
                }
            }
        }
    }

    /// <summary>Of float32 and of half types alike: each mean is the nearest number, each logarithm next to it.</summary>
    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float16)]
    public void MeanAndLogSumExp_ShortAxes_MatchTheDefinition(DType dtype)
    {
        foreach (var (outer, count, inner) in new[] { (700, 2, 4), (5, 3, 300), (2500, 3, 1), (33, 40, 3) })
        {
            float[] values = [.. Enumerable.Range(0, outer * count * inner).Select(i => i % 41 == 0 ? float.NegativeInfinity : i % 503 == 7 ? float.PositiveInfinity : (i * 37 % 101 - 50) / 8f)];
            var columns = Enumerable.Range(0, outer * inner).Select(o => Enumerable.Range(0, count).Select(r => (double)values[(((o / inner * count) + r) * inner) + (o % inner)]).ToArray());
            var x = Cpu.Cast(Cpu.Tensor(values, outer, count, inner), dtype);
            double slack = dtype == DType.Float16 ? 1e-3 : 3e-7;
            Near(columns.Select(c => c.Average()), new MeanOp([1], false));
            Near(columns.Select(c => double.IsInfinity(c.Max()) ? c.Max() : c.Max() + Math.Log(c.Sum(v => Math.Exp(v - c.Max())))), new LogSumExpOp([1], false));

            void Near(IEnumerable<double> expected, Op op) => Assert.All(expected.Zip(Cpu.Read<double>(Cpu.Cast(Cpu.Run(op, x), DType.Float64))), p => Assert.True(
                p.First.Equals(p.Second) || Math.Abs(p.Second - p.First) <= slack * Math.Max(1, Math.Abs(p.First)), $"{p.Second:R}, not {p.First:R}"));
        }
    }

    [Fact]
    public void Reduce_Nothing_GivesTheNeutralElement()
    {
        var empty = Cpu.Device.Allocate(new(DType.Float32, [3, 0]));
        Assert.Equal([0f, 0, 0], Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([1], false), empty)));
        Assert.Equal([1f, 1, 1], Cpu.Read<float>(Cpu.Run(ReduceOp.Prod([1], false), empty)));
        Assert.Empty(Cpu.Read<float>(Cpu.Run(ReduceOp.Sum([0], false), empty)));
    }

    [Fact]
    public void MaxAndMin_WithNaN_AreNaN()
    {
        foreach (int at in new[] { 0, 1, 17, 63, 99 })
        {
            var values = Enumerable.Range(0, 100).Select(i => i == at ? float.NaN : i).ToArray();
            foreach (var op in new[] { ReduceOp.Max([0], false), ReduceOp.Min([0], false) })
                Assert.Equal([float.NaN], Cpu.Read<float>(Cpu.Run(op, Cpu.Tensor(values))));
            Assert.Equal([(long)at], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Max(0, false), Cpu.Tensor(values))));
            Assert.Equal([(long)at], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Min(0, false), Cpu.Tensor(values))));
            var column = ReduceOp.Max([0], false);
            Assert.Equal([float.NaN, 99], Cpu.Read<float>(Cpu.Run(column, Cpu.Tensor([.. values.SelectMany(v => new[] { v, 99f })], 100, 2))));
        }
    }

    [Fact]
    public void MaxAndMin_OfZerosOfBothSigns_TellThemApart()
    {
        foreach (int length in new[] { 2, 7, 16, 63, 64, 65, 130 })
        {
            for (int at = 0; at < length; at++)
            {
                var negative = Enumerable.Range(0, length).Select(i => i == at ? 0f : -0f).ToArray();
                Assert.False(float.IsNegative(Cpu.Read<float>(Cpu.Run(ReduceOp.Max([0], false), Cpu.Tensor(negative)))[0]));
                var positive = Enumerable.Range(0, length).Select(i => i == at ? -0f : 0f).ToArray();
                Assert.True(float.IsNegative(Cpu.Read<float>(Cpu.Run(ReduceOp.Min([0], false), Cpu.Tensor(positive)))[0]));
            }
        }
    }

    [Theory]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void MaxAndMin_RowsOfAnyLength_FindThePeakAnywhere(DType dtype)
    {
        for (int count = 1; count <= 200; count += count < 70 ? 1 : 13)
        {
            var peaks = Enumerable.Range(0, count * count).Select(i => i / count == i % count ? 100 : (i * 7 % 61) - 30).ToArray();
            var rows = Cpu.Cast(Cpu.Tensor(peaks, count, count), dtype);
            Assert.All(Cpu.Read<int>(Cpu.Cast(Cpu.Run(ReduceOp.Max([1], false), rows), DType.Int32)), v => Assert.Equal(100, v));
            var valleys = Cpu.Cast(Cpu.Tensor([.. peaks.Select(v => -v)], count, count), dtype);
            Assert.All(Cpu.Read<int>(Cpu.Cast(Cpu.Run(ReduceOp.Min([1], false), valleys), DType.Int32)), v => Assert.Equal(-100, v));
        }
    }

    [Fact]
    public void MaxAndMin_InfinitiesOfBothSigns_AreThoseAndNotNaN()
    {
        foreach (int count in new[] { 2, 70, 300 })
        {
            var values = Enumerable.Range(0, count).Select(i => i == 0 ? float.PositiveInfinity : i == count - 1 ? float.NegativeInfinity : i).ToArray();
            Assert.Equal([float.PositiveInfinity], Cpu.Read<float>(Cpu.Run(ReduceOp.Max([0], false), Cpu.Tensor(values))));
            Assert.Equal([float.NegativeInfinity], Cpu.Read<float>(Cpu.Run(ReduceOp.Min([0], false), Cpu.Tensor(values))));
            values[count / 2] = float.NaN;
            Assert.Equal([float.NaN], Cpu.Read<float>(Cpu.Run(ReduceOp.Max([0], false), Cpu.Tensor(values))));
        }
    }

    /// <summary>What rows are measured from is taken from their first elements, which may be like no other.</summary>
    [Fact]
    public void Var_FirstElementsFarFromTheOthers_KeepsItsDigits()
    {
        foreach (int count in new[] { 5, 100, 1024, 70_001 })
            foreach (float first in new[] { 0f, 3e4f, -1e7f })
            {
                var values = Enumerable.Range(0, count).Select(i => i < 16 ? first : 1e3f + (float)Math.Sin(i)).ToArray();
                double mean = values.Average(v => (double)v), expected = values.Average(v => (v - mean) * (v - mean));
                float variance = Cpu.Read<float>(Cpu.Run(new VarOp([0], false), [Cpu.Tensor(values)], 0))[0];
                Assert.InRange(variance, expected * (1 - 2e-6), expected * (1 + 2e-6));
            }
    }

    /// <summary>Without vectors the variance is made of its parts, which are float32's.</summary>
    public static TheoryData<double> Scales => CpuCapabilities.Accelerated ? [1e-40, 1e-25, 1e-20, 1, 2e18, 1e20, 1e38] : [1];

    /// <summary>Of numbers whose squares float32 has no room for: along rows, columns, strided, as a half type whose range is as wide, far from 0 and about it.</summary>
    [Theory]
    [MemberData(nameof(Scales))]
    public void Std_SquaresBeyondFloat32_KeepsItsDigits(double scale)
    {
        foreach (var (rows, width) in new[] { (2, 1), (3, 2), (7, 40), (70, 33), (4, 1025), (3, 9000), (9000, 3), (1, 200_000), (300, 1100) })
            foreach (double offset in new[] { 0, 1.7 })
            {
                var values = new float[rows * width];
                for (int i = 0; i < values.Length; i++)
                    values[i] = (float)(scale * (Math.Sin(i * 1.7) + offset));
                var x = Cpu.Tensor(values, rows, width);
                foreach (int axis in new[] { 0, 1 })
                {
                    double[] variance = Cpu.Read<double>(Cpu.Run(new VarOp([axis], false), [Cpu.Cast(x, DType.Float64)], 0));
                    Near(variance.Select(Math.Sqrt), Cpu.Read<float>(Cpu.Run(new StdOp([axis], false), [x], 0)));
                    Near(variance, Cpu.Read<float>(Cpu.Run(new VarOp([axis], false), [x], 0)));
                    var half = Cpu.Cast(x, DType.BFloat16);
                    var wide = Cpu.Run(new StdOp([axis], false), [Cpu.Cast(half, DType.Float32)], 0);
                    Assert.Equal(Cpu.Read<float>(Cpu.Cast(Cpu.Cast(wide, DType.BFloat16), DType.Float32)), Cpu.Read<float>(Cpu.Cast(Cpu.Run(new StdOp([axis], false), [half], 0), DType.Float32)));
                }

                double mean = values.Average(v => (double)v), all = values.Average(v => (v - mean) * (v - mean));
                Near([Math.Sqrt(all)], Cpu.Read<float>(Cpu.Run(new StdOp([0, 1], false), [x], 0)));
                Near([all], Cpu.Read<float>(Cpu.Run(new VarOp([0, 1], false), [x], 0)));
            }

        static void Near(IEnumerable<double> expected, float[] actual) =>
            Assert.All(expected.Zip(actual), p => Assert.True(
                (float)p.First == p.Second || Math.Abs(p.Second - p.First) <= (2e-6 * p.First) + float.Epsilon, $"{p.Second:R}, not {p.First:R}"));
    }

    /// <summary>Equal numbers have no deviation, to the ends of float32; beside an infinity or NaN nothing has one.</summary>
    [Fact]
    public void Std_EqualOrInfiniteNumbers()
    {
        float[] equal = CpuCapabilities.Accelerated ? [0, 3, 1e-30f, float.Epsilon, float.MaxValue] : [0, 3]; // in parts the sum is float32's
        foreach (int count in new[] { 2, 17, 5000 })
        {
            foreach (float value in equal)
                Assert.Equal([0f], Cpu.Read<float>(Cpu.Run(new StdOp([0], false), [Cpu.Tensor([.. Enumerable.Repeat(value, count)])], 1)));
            foreach (float value in new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN })
            {
                Assert.Equal([float.NaN], Cpu.Read<float>(Cpu.Run(new StdOp([0], false), [Cpu.Tensor([.. Enumerable.Repeat(value, count)])], 1)));
                Assert.Equal([float.NaN], Cpu.Read<float>(Cpu.Run(new StdOp([0], false), [Cpu.Tensor([.. Enumerable.Range(0, count).Select(i => i == 1 ? value : i)])], 1)));
            }
        }
    }

    [Fact]
    public void ArgReduce_Ties_GivesTheFirst()
    {
        var x = Cpu.Tensor<int>([1, 5, 5, 0, 0, 2], 2, 3);
        Assert.Equal([1L, 2], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Max(1, false), x)));
        Assert.Equal([0L, 0], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Min(1, true), x)));
        Assert.Equal([0L, 0, 0], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Max(0, false), x)));
        Assert.Equal([1L, 1, 1], Cpu.Read<long>(Cpu.Run(ArgReduceOp.Min(0, false), x)));
    }

    /// <summary>However a search is cut: rows, columns, narrow rows that are taken for wide ones, strided elements, by several threads.</summary>
    [Theory]
    [InlineData(1, 200_003, 1)]
    [InlineData(1, 30_011, 3)]
    [InlineData(1, 3000, 300)]
    [InlineData(2, 40_001, 1)]
    [InlineData(5, 3001, 2)]
    [InlineData(3, 65, 70)]
    [InlineData(2, 1, 3)]
    [InlineData(700, 2, 4)]
    [InlineData(3000, 5, 1)]
    [InlineData(120, 3, 33)]
    public void ArgReduce_AnyCut_IsThePlainSearch(int outer, int count, int inner)
    {
        var random = new Random(count);
        foreach (int levels in new[] { 3, 100, 1_000_000 })
            foreach (bool nans in new[] { false, true })
            {
                var values = Enumerable.Range(0, outer * count * inner).Select(i => (float)(random.Next(levels) - (levels / 2))).ToArray();
                for (int i = 0; nans && i < 5; i++)
                    values[random.Next(values.Length)] = float.NaN;
                long[] largest = Search(values, outer, count, inner, static (a, b) => a > b), smallest = Search(values, outer, count, inner, static (a, b) => a < b);
                foreach (int threads in new[] { 1, 2, 5 })
                {
                    using var device = CpuDevice.Create(new CpuOptions { MaxThreads = threads });
                    var x = Cpu.Tensor(device, values, [outer, count, inner]);
                    var swapped = Cpu.View(new PermuteOp([0, 2, 1]), Dispatch.Execute(device, CopyOp.Instance, [Cpu.View(new PermuteOp([0, 2, 1]), x)], default));
                    foreach (var input in new[] { x, swapped })
                    {
                        Assert.Equal(largest, Cpu.Read<long>(Dispatch.Execute(device, ArgReduceOp.Max(1, false), [input], default)));
                        Assert.Equal(smallest, Cpu.Read<long>(Dispatch.Execute(device, ArgReduceOp.Min(1, false), [input], default)));
                    }

                    var bytes = Dispatch.Execute(device, new CastOp(DType.Int8), [x], default);
                    if (levels == 100 && !nans)
                        Assert.Equal(largest, Cpu.Read<long>(Dispatch.Execute(device, ArgReduceOp.Max(1, false), [bytes], default)));
                }
            }
    }

    [Fact]
    public void Reduce_OfBools_IsAnyAndAll()
    {
        var x = Cpu.Tensor<bool>([true, false, false, false], 2, 2);
        Assert.Equal([true, false], Cpu.Read<bool>(Cpu.Run(ReduceOp.Max([1], false), x)));
        Assert.Equal([false, false], Cpu.Read<bool>(Cpu.Run(ReduceOp.Min([1], false), x)));
    }

    private static long[] Search(float[] values, int outer, int count, int inner, Func<float, float, bool> better)
    {
        var found = new long[outer * inner];
        for (int o = 0; o < found.Length; o++)
        {
            float At(long i) => values[(((o / inner * count) + i) * inner) + (o % inner)];
            for (int i = 1; i < count && !float.IsNaN(At(found[o])); i++)
                found[o] = float.IsNaN(At(i)) || better(At(i), At(found[o])) ? i : found[o];
        }

        return found;
    }

    private static void Check(ReduceOp op, DeviceTensor x, long[] dims, int[] axes, double seed, Func<double, double, double> combine)
    {
        var values = Cpu.Read<double>(Cpu.Cast(x, DType.Float64));
        var outputDims = dims.Select((d, i) => axes.Contains(i) ? 1 : d).ToArray();
        var expected = Enumerable.Repeat(seed, (int)outputDims.Aggregate(1L, (a, b) => a * b)).ToArray();
        for (int i = 0; i < values.Length; i++)
        {
            long rest = i, at = 0, step = 1;
            for (int d = dims.Length - 1; d >= 0; d--)
            {
                long index = rest % dims[d];
                rest /= dims[d];
                at += axes.Contains(d) ? 0 : index * step;
                step *= outputDims[d];
            }

            expected[at] = combine(expected[at], values[i]);
        }

        Assert.Equal(expected, Cpu.Read<double>(Cpu.Cast(Cpu.Run(op, x), DType.Float64)));
    }
}
