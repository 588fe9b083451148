namespace Nabla.Tests;

/// <summary>Products that start from a bias: one row of numbers under every row of C, side by side or strided.</summary>
public sealed unsafe class GemmStartTests
{
    // Row updates, dot products, tiles; each seen from both sides, one column, and more depth than a block has.
    [Theory]
    [InlineData(1, 40, 60)]
    [InlineData(3, 37, 60)]
    [InlineData(5, 37, 60)]
    [InlineData(50, 1, 60)]
    [InlineData(50, 6, 300)]
    [InlineData(64, 256, 90)]
    [InlineData(13, 70, 2500)]
    [InlineData(90, 7, 3)]
    [InlineData(4, 9, 0)]
    public void Multiply_Bias_IsAddedToEveryRow(int m, int n, int k)
    {
        var random = new Random(17);
        var bias = Matrix<double>.Plain(random, 3, n).Data;
        foreach (var a in new[] { Matrix<double>.Plain(random, m, k), Matrix<double>.Transposed(random, m, k) })
        {
            foreach (var b in new[] { Matrix<double>.Plain(random, k, n), Matrix<double>.Transposed(random, k, n) })
            {
                var product = GemmRun.Multiply(GemmRun.One, a, b, new double[m * n], n, accumulate: false);
                foreach (var step in new[] { 1, 0, 3 })
                {
                    var biased = new double[m * n];
                    fixed (double* pa = a.Data, pb = b.Data, pc = biased, ps = bias)
                        Gemm.Multiply(GemmRun.Two, GemmRun.Args(a, b, pa, pb, pc, n) with { Start = new(ps, 0, step) });
                    for (var i = 0; i < m * n; i++) Assert.Equal(product[i] + bias[i % n * step], biased[i], 1e-13 * (k + 10));
                }
            }
        }
    }

    /// <summary>A matrix product without a bias hands on the strides that one would have: nothing may be made of them.</summary>
    [Fact]
    public void Multiply_StridesOfNoStart_StartsFromZero()
    {
        var random = new Random(19);
        var (a, b) = (Matrix<float>.Plain(random, 64, 300), Matrix<float>.Transposed(random, 300, 256));   // mirrored, in several groups of tiles
        float[] plain = new float[64 * 256], strided = new float[64 * 256];
        fixed (float* pa = a.Data, pb = b.Data, p0 = plain, p1 = strided)
        {
            Gemm.Multiply(GemmRun.Two, GemmRun.Args(a, b, pa, pb, p0, 256));
            Gemm.Multiply(GemmRun.Two, GemmRun.Args(a, b, pa, pb, p1, 256) with { Start = new(null, 0, 1) });
        }

        Assert.Equal(plain, strided);
    }

    [Fact]
    public void MultiplyBatch_Bias_IsSharedByMembers()
    {
        var random = new Random(18);
        var (a, b) = (Matrix<float>.Plain(random, 6, 8), Matrix<float>.Plain(random, 8, 5));
        var bias = Matrix<float>.Plain(random, 1, 5).Data;
        float[] one = new float[30], three = new float[90];
        fixed (float* pa = a.Data, pb = b.Data, p1 = one, p3 = three, ps = bias)
        {
            Gemm.Multiply(GemmRun.One, GemmRun.Args(a, b, pa, pb, p1, 5) with { Start = new(ps, 0, 1) });
            Gemm.MultiplyBatch(GemmRun.Two, GemmRun.Args(a, b, pa, pb, p3, 5) with { Start = new(ps, 0, 1) }, new StridedBatch(3, 0, 0, 30));
        }

        Assert.Equal([.. one, .. one, .. one], three);
    }
}
