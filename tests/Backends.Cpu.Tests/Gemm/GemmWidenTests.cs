namespace Nabla.Tests;

/// <summary>Operands of 16-bit floats: they are widened where they are packed or copied, and nothing is rounded on the way.</summary>
public sealed unsafe class GemmWidenTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 300, 40)]
    [InlineData(300, 1, 40)]
    [InlineData(3, 2100, 19)]
    [InlineData(2, 5, 1300)]
    [InlineData(10, 70, 200)]
    [InlineData(90, 7, 200)]
    [InlineData(13, 33, 130)]
    [InlineData(64, 10, 257)]
    [InlineData(70, 90, 1100)]
    [InlineData(2, 3, 70_000)]
    public void Multiply_Halves_MatchesDoubleLoopInEveryOrientation(int m, int n, int k)
    {
        MatchesDoubleLoop<HalfConversions.HalfFormat>(m, n, k);
        MatchesDoubleLoop<HalfConversions.BFloat16Format>(m, n, k);
    }

    private static void MatchesDoubleLoop<TFormat>(int m, int n, int k) where TFormat : struct, HalfConversions.IFormat
    {
        var random = new Random(19);
        ushort[] a = Draw<TFormat>(random, m * k), b = Draw<TFormat>(random, k * n);
        foreach (var (aRow, aColumn) in new[] { (k, 1), (1, m) })
        {
            foreach (var (bRow, bColumn) in new[] { (n, 1), (1, k) })
            {
                var c = GemmRun.MultiplyHalves<TFormat>(GemmRun.Two, m, n, k, a, aRow, aColumn, b, bRow, bColumn);
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        double want = 0, magnitude = 0;
                        for (var q = 0; q < k; q++)
                        {
                            var term = (double)TFormat.Widen(a[i * aRow + q * aColumn]) * TFormat.Widen(b[q * bRow + j * bColumn]);
                            want += term;
                            magnitude += Math.Abs(term);
                        }

                        Assert.Equal(want, c[i * n + j], (k + 4) * 6.0e-8 * magnitude);
                    }
                }
            }
        }
    }

    // The same kernels as for float32 operands of these values, and the same order of additions.
    [Theory]
    [InlineData(2, 2100, 90)]
    [InlineData(7, 33, 130)]
    [InlineData(40, 5, 130)]
    [InlineData(30, 40, 50)]
    public void Multiply_Halves_EqualsProductOfWidenedOperands(int m, int n, int k)
    {
        EqualsProductOfWidened<HalfConversions.HalfFormat>(m, n, k);
        EqualsProductOfWidened<HalfConversions.BFloat16Format>(m, n, k);
    }

    private static void EqualsProductOfWidened<TFormat>(int m, int n, int k) where TFormat : struct, HalfConversions.IFormat
    {
        var random = new Random(20);
        ushort[] a = Draw<TFormat>(random, m * k), b = Draw<TFormat>(random, k * n);
        float[] wideA = [.. a.Select(TFormat.Widen)], wideB = [.. b.Select(TFormat.Widen)];
        foreach (var (bRow, bColumn) in new[] { (n, 1), (1, k) })
        {
            float[] c = new float[m * n], expected = new float[m * n];
            fixed (ushort* pa = a, pb = b)
            fixed (float* wa = wideA, wb = wideB, pc = c, pe = expected)
            {
                var args = new GemmArgs<float> { M = m, N = n, K = k, A = new(wa, k, 1), B = new(wb, bRow, bColumn), C = new(pe, n, 1) };
                Gemm.Multiply(GemmRun.One, args);
                Gemm.Multiply(GemmRun.Two, args with
                {
                    A = new((float*)pa, k, 1, &HalfConversions.Load<TFormat>),
                    B = new((float*)pb, bRow, bColumn, &HalfConversions.Load<TFormat>),
                    C = new(pc, n, 1),
                });
            }

            Assert.Equal(expected, c);
        }
    }

    [Fact]
    public void Multiply_BatchOfHalves_StartsEachMemberAtItsOwnElements()
    {
        Half[] a = [(Half)1, (Half)2, (Half)3, (Half)4], b = [(Half)10, (Half)100];
        var c = new float[2];
        fixed (Half* pa = a, pb = b)
        fixed (float* pc = c)
        {
            var args = new GemmArgs<float>
            {
                M = 1,
                N = 1,
                K = 2,
                A = new((float*)pa, 2, 1, &HalfConversions.Load<HalfConversions.HalfFormat>),
                B = new((float*)pb, 1, 1, &HalfConversions.Load<HalfConversions.HalfFormat>),
                C = new(pc, 1, 1),
            };
            Gemm.MultiplyBatch(GemmRun.One, args, new StridedBatch(2, 2, 0, 1));
        }

        Assert.Equal([210f, 430f], c);
    }

    private static ushort[] Draw<TFormat>(Random random, int count) where TFormat : struct, HalfConversions.IFormat =>
        [.. Enumerable.Range(0, count).Select(_ => TFormat.Narrow((float)(random.NextDouble() - 0.5)))];
}
