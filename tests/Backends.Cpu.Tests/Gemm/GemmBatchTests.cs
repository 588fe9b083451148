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
        var a = Matrix<float>.Plain(random, batch * m, k).Data;
        var b = Matrix<float>.Plain(random, batch * k, n).Data;
        foreach (var (aStride, bStride) in new[] { (m * k, k * n), (0, k * n), (m * k, 0) })
        {
            float[] expected = new float[batch * m * n], got = new float[batch * m * n];
            fixed (float* pa = a, pb = b, pe = expected, pg = got)
            {
                for (var i = 0; i < batch; i++)
                {
                    var c = pe + i * m * n;
                    Gemm.Multiply(GemmRun.One, m, n, k, pa + i * aStride, k, 1, pb + i * bStride, n, 1, c, n, accumulate: false);
                }

                Gemm.MultiplyBatch(
                    GemmRun.Five, m, n, k, pa, k, 1, pb, n, 1, pg, n, accumulate: false, new StridedBatch(batch, aStride, bStride, m * n));
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
            Gemm.MultiplyBatch(
                GemmRun.One, 1, 2, 0, pointer, 1, 1, pointer, 1, 1, pointer, 2, accumulate: false, new StridedBatch(2, 0, 0, 4));
        }

        Assert.Equal([0, 0, 3, 4, 0, 0], c);
    }

    [Fact]
    public void Multiply_Warm_AllocatesNothing()
    {
        var random = new Random(15);
        var a = Matrix<float>.Plain(random, 200, 200);
        var c = new float[200 * 200];
        fixed (float* pa = a.Data, pc = c)
        {
            float* x = pa, y = pc;   // a fixed local cannot be captured
            Assert.Equal(0, Allocation.Least(20, () => Gemm.Multiply(GemmRun.Two, 200, 200, 200, x, 200, 1, x, 1, 200, y, 200, accumulate: false)));
        }
    }
}
