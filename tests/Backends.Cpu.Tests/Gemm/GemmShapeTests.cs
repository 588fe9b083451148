using System.Numerics;

namespace Nabla.Tests;

public sealed class GemmShapeTests
{
    [Fact]
    public void Multiply_EveryShapeUpTo40_MatchesDoubleLoop()
    {
        var random = new Random(1);
        for (var m = 1; m <= 40; m++)
        {
            for (var n = 1; n <= 40; n++)
            {
                var k = 1 + (m * 7 + n * 3) % 40;
                GemmRun.Check(random, Matrix<float>.Plain(random, m, k), Matrix<float>.Plain(random, k, n));
                GemmRun.Check(random, Matrix<float>.Plain(random, m, k), Matrix<float>.Transposed(random, k, n), 1, accumulate: true);
            }
        }
    }

    [Fact]
    public void Multiply_EveryDepthUpTo40_MatchesDoubleLoop()
    {
        var random = new Random(2);
        foreach (var (m, n) in new[] { (1, 37), (37, 1), (3, 5), (13, 33), (26, 48) })
        {
            for (var k = 1; k <= 40; k++)
            {
                GemmRun.Check(random, Matrix<float>.Transposed(random, m, k), Matrix<float>.Plain(random, k, n), 2);
                GemmRun.Check(random, Matrix<double>.Plain(random, m, k), Matrix<double>.Transposed(random, k, n), accumulate: true);
            }
        }
    }

    [Theory]
    [InlineData(100, 100, 100)]
    [InlineData(333, 333, 333)]
    [InlineData(64, 10, 128)]
    [InlineData(64, 256, 784)]
    [InlineData(10, 300, 130)]
    [InlineData(300, 7, 200)]
    [InlineData(16, 200, 1500)]
    [InlineData(5, 700, 1100)]
    [InlineData(70, 1040, 130)]
    [InlineData(200, 1100, 600)]
    [InlineData(1, 3000, 70)]
    [InlineData(3000, 1, 70)]
    public void Multiply_RaggedBlocks_MatchesDoubleLoopInEveryOrientation(int m, int n, int k)
    {
        Orientations<float>(m, n, k);
        Orientations<double>(m, n, k);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Multiply_LongRowsByVector_AddsInLanes(int rows)
    {
        const int k = 1 << 20;
        var bound = CpuCapabilities.VectorBits == 0 ? 3e-4 : 3e-5;   // one after the other loses 1.6e-4
        var random = new Random(12);
        var (a, b) = (Matrix<float>.Plain(random, rows, k), Matrix<float>.Plain(random, k, 1));
        for (var i = 0; i < a.Data.Length; i++) a.Data[i] = Math.Abs(a.Data[i]);
        for (var i = 0; i < k; i++) b.Data[i] = Math.Abs(b.Data[i]);
        var result = GemmRun.Multiply(GemmRun.One, a, b, new float[rows], 1, accumulate: false);
        for (var row = 0; row < rows; row++)
        {
            double exact = 0;
            for (var i = 0; i < k; i++) exact += (double)a.Data[row * k + i] * b.Data[i];
            Assert.InRange(result[row] / exact, 1 - bound, 1 + bound);
        }
    }

    [Theory]
    [InlineData(0, 3, 4)]
    [InlineData(3, 0, 4)]
    [InlineData(0, 0, 0)]
    public void Multiply_NoRowsOrColumns_WritesNothing(int m, int n, int k)
    {
        var random = new Random(3);
        var start = new float[] { 7, 8, 9 };
        var a = new Matrix<float>(random, m, k, Math.Max(k, 1), 1);
        var b = new Matrix<float>(random, k, n, Math.Max(n, 1), 1);
        Assert.Equal(start, GemmRun.Multiply(GemmRun.One, a, b, start, Math.Max(n, 1), accumulate: false));
    }

    [Fact]
    public void Multiply_NoDepth_ClearsOrKeeps()
    {
        var random = new Random(4);
        var a = new Matrix<float>(random, 2, 0, 1, 1);
        var b = new Matrix<float>(random, 0, 3, 3, 1);
        float[] start = [1, 2, 3, 4, 5, 6, 7, 8];
        Assert.Equal([0, 0, 0, 4, 0, 0, 0, 8], GemmRun.Multiply(GemmRun.One, a, b, start, 4, accumulate: false));
        Assert.Equal(start, GemmRun.Multiply(GemmRun.One, a, b, start, 4, accumulate: true));
    }

    private static void Orientations<T>(int m, int n, int k) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var random = new Random(m * 31 + n);
        foreach (var a in new[] { Matrix<T>.Plain(random, m, k), Matrix<T>.Transposed(random, m, k) })
        {
            foreach (var b in new[] { Matrix<T>.Plain(random, k, n), Matrix<T>.Transposed(random, k, n) })
                GemmRun.Check(random, a, b, 3, accumulate: a.ColumnStride == 1);
        }
    }
}
