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

    private static void Check<T>() where T : unmanaged, INumber<T>
    {
        var random = new Random(16);
        foreach (var (m, n, k) in new[] { (1, 1, 1), (3, 17, 9), (20, 300, 150), (40, 5, 0), (130, 64, 33), (5, 131, 300), (2, 37, 100), (300, 1, 200), (131, 4, 67), (4, 9, 15), (1, 1, 1000) })
        {
            foreach (var b in new[] { Matrix<T>.Plain(random, k, n), Matrix<T>.Transposed(random, k, n) })
            {
                foreach (var a in new[] { Matrix<T>.Plain(random, m, k), Matrix<T>.Transposed(random, m, k) })
                {
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
}
