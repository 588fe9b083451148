using System.Numerics;

namespace Nabla.Tests;

public sealed unsafe class GenericGemmTests
{
    [Fact]
    public void MultiplyBatch_Integers_WrapAndMatchTheLoop()
    {
        Check<int>();
        Check<long>();
        Check<short>();
        Check<sbyte>();
        Check<byte>();
    }

    [Fact]
    public void MultiplyBatch_Half_MatchesSmallIntegersExactly()
    {
        Half[] a = [(Half)1, (Half)2, (Half)3, (Half)4], c = new Half[4];
        fixed (Half* pa = a, pc = c)
        {
            var square = new MatrixView<Half>(pa, 2, 1);
            var args = new GemmArgs<Half> { M = 2, N = 2, K = 2, A = square, B = square, C = new(pc, 2, 1) };
            GenericGemm<Half>.MultiplyBatch(GemmRun.One, args, StridedBatch.Single);
        }


        Assert.Equal([(Half)7, (Half)10, (Half)15, (Half)22], c);
    }

    private static void Check<T>() where T : unmanaged, INumber<T>
    {
        var random = new Random(16);
        foreach (var (m, n, k) in new[] { (1, 1, 1), (3, 17, 9), (20, 300, 150), (40, 5, 0), (130, 64, 33) })
        {
            foreach (var b in new[] { Matrix<T>.Plain(random, k, n), Matrix<T>.Transposed(random, k, n) })
            {
                var a = Matrix<T>.Transposed(random, m, k);
                var c = Matrix<T>.Plain(random, m, n).Data;
                var expected = c.ToArray();
                for (var i = 0; i < m; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        for (var q = 0; q < k; q++) expected[i * n + j] = unchecked(expected[i * n + j] + a[i, q] * b[q, j]);
                    }
                }

                fixed (T* pa = a.Data, pb = b.Data, pc = c)
                    GenericGemm<T>.MultiplyBatch(GemmRun.Five, GemmRun.Args(a, b, pa, pb, pc, n, accumulate: true), StridedBatch.Single);

                Assert.Equal(expected, c);
            }
        }
    }
}
