namespace Nabla.Tests;

public sealed class GemmDeterminismTests
{
    [Theory]
    [InlineData(64, 64, 64)]
    [InlineData(100, 333, 77)]
    [InlineData(333, 10, 700)]
    [InlineData(150, 1030, 520)]
    [InlineData(6, 500, 900)]
    [InlineData(40, 300, 200)]
    [InlineData(64, 784, 40)]
    [InlineData(3, 900, 301)]
    [InlineData(900, 5, 301)]
    [InlineData(1, 2111, 333)]
    [InlineData(2111, 1, 333)]
    [InlineData(8, 40, 20_000)]
    [InlineData(40, 7, 20_000)]
    public void Multiply_AnyThreadCount_IsBitEqual(int m, int n, int k)
    {
        var random = new Random(8);
        foreach (var a in new[] { Matrix<float>.Plain(random, m, k), Matrix<float>.Transposed(random, m, k) })
        {
            foreach (var b in new[] { Matrix<float>.Plain(random, k, n), Matrix<float>.Transposed(random, k, n) })
            {
                var start = Matrix<float>.Plain(random, m, n).Data;
                var expected = GemmRun.Multiply(GemmRun.One, a, b, start, n, accumulate: true);
                Assert.Equal(expected, GemmRun.Multiply(GemmRun.Two, a, b, start, n, accumulate: true));
                Assert.Equal(expected, GemmRun.Multiply(GemmRun.Five, a, b, start, n, accumulate: true));
            }
        }
    }

    [Theory]
    [InlineData(33, 47, 65)]
    [InlineData(1, 100, 65)]
    [InlineData(100, 1, 65)]
    public unsafe void Multiply_AnyAlignment_IsBitEqual(int m, int n, int k)
    {
        var random = new Random(9);
        var a = Matrix<float>.Plain(random, m, k);
        var b = Matrix<float>.Plain(random, k, n);
        var start = new float[m * n];
        var expected = GemmRun.Multiply(GemmRun.One, a, b, start, n, accumulate: false);
        for (var shift = 1; shift < 17; shift++)
        {
            float[] a2 = [.. new float[shift], .. a.Data], b2 = [.. new float[17 - shift], .. b.Data], c = new float[m * n + shift];
            fixed (float* pa = a2, pb = b2, pc = c)
                Gemm.Multiply(GemmRun.One, GemmRun.Args(a, b, pa + shift, pb + 17 - shift, pc + shift, n));
            Assert.Equal(expected, c[shift..]);
        }
    }

    // All rows at once are several blocks, which share panels; a slice of them is one.
    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public unsafe void Multiply_RowsInSlices_IsBitEqual(bool transposeA, bool transposeB)
    {
        const int m = 400, n = 550, k = 1100, slice = 40;
        var random = new Random(21);
        var a = transposeA ? Matrix<float>.Transposed(random, m, k) : Matrix<float>.Plain(random, m, k);
        var b = transposeB ? Matrix<float>.Transposed(random, k, n) : Matrix<float>.Plain(random, k, n);
        float[] whole = new float[m * n], sliced = new float[m * n];
        fixed (float* pa = a.Data, pb = b.Data, pw = whole, ps = sliced)
        {
            Gemm.Multiply(GemmRun.One, GemmRun.Args(a, b, pa, pb, pw, n));
            for (var row = 0; row < m; row += slice)
                Gemm.Multiply(GemmRun.One, GemmRun.Args(a, b, pa + row * a.RowStride, pb, ps + row * n, n) with { M = slice });
        }

        Assert.Equal(sliced, whole);
    }

    [Fact]
    public void Multiply_ManyThreadsAtOnce_IsBitEqual()
    {
        var random = new Random(10);
        var a = Matrix<float>.Plain(random, 120, 90);
        var b = Matrix<float>.Transposed(random, 90, 130);
        var start = new float[120 * 130];
        var expected = GemmRun.Multiply(GemmRun.One, a, b, start, 130, accumulate: false);
        var results = new float[4][];
        var callers = new Thread[results.Length];
        for (var i = 0; i < callers.Length; i++)
        {
            var index = i;
            callers[i] = new Thread(() =>
            {
                for (var round = 0; round < 50; round++)
                    results[index] = GemmRun.Multiply(GemmRun.Five, a, b, start, 130, accumulate: false);
            });
            callers[i].Start();
        }

        foreach (var caller in callers) caller.Join();
        Assert.All(results, result => Assert.Equal(expected, result));
    }
}
