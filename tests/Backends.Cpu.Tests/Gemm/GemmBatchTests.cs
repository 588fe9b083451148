namespace Nabla.Tests;

public sealed unsafe class GemmBatchTests
{
    [Theory]
    [InlineData(1, 40, 40, 40)]
    [InlineData(3, 90, 70, 50)]
    [InlineData(64, 16, 16, 16)]
    [InlineData(9, 1, 64, 64)]
    [InlineData(500, 2, 3, 4)]
    public void MultiplyBatch_SharedAndOwnOperands_EqualsOneByOne(int batch, int m, int n, int k)
    {
        var random = new Random(14);
        var a = Matrix<float>.Plain(random, batch * m, k);
        var b = Matrix<float>.Plain(random, batch * k, n);
        foreach (var (aStride, bStride) in new[] { (m * k, k * n), (0, k * n), (m * k, 0) })
        {
            float[] expected = new float[batch * m * n], got = new float[batch * m * n];
            fixed (float* pa = a.Data, pb = b.Data, pe = expected, pg = got)
            {
                var args = GemmRun.Args(a, b, pa, pb, pg, n) with { M = m, K = k };
                for (var i = 0; i < batch; i++)
                {
                    var single = GemmRun.Args(a, b, pa + i * aStride, pb + i * bStride, pe + i * m * n, n) with { M = m, K = k };
                    Gemm.Multiply(GemmRun.One, single);
                }

                Gemm.MultiplyBatch(GemmRun.Five, args, new StridedBatch(batch, aStride, bStride, m * n));
            }

            Assert.Equal(expected, got);
        }
    }

    [Fact]
    public void MultiplyBatch_NoDepth_ClearsEveryMember()
    {
        float[] c = [1, 2, 3, 4, 5, 6];
        fixed (float* pointer = c)
        {
            var args = new GemmArgs<float> { M = 1, N = 2, K = 0, C = new(pointer, 2, 1) };
            Gemm.MultiplyBatch(GemmRun.One, args, new StridedBatch(2, 0, 0, 4));
        }

        Assert.Equal([0, 0, 3, 4, 0, 0], c);
    }

    [Fact]
    public void Multiply_Warm_AllocatesNothing()
    {
        var random = new Random(15);
        var (a, b) = (Matrix<float>.Plain(random, 200, 200), Matrix<float>.Transposed(random, 200, 200));
        var c = new float[200 * 200];
        fixed (float* pa = a.Data, pb = b.Data, pc = c)
        {
            var args = GemmRun.Args(a, b, pa, pb, pc, 200);
            Assert.Equal(0, Allocation.Least(20, () => Gemm.Multiply(GemmRun.Two, args)));
        }
    }
}
