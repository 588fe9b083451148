namespace Nabla.Tests;

public sealed class GemmSpecialValueTests
{
    [Theory]
    [InlineData(14, 35, 20)]
    [InlineData(1, 35, 20)]
    [InlineData(14, 1, 20)]
    public void Multiply_NaNTimesZero_IsNaN(int m, int n, int k)
    {
        var random = new Random(11);
        foreach (var b in new[] { Matrix<float>.Plain(random, k, n), Matrix<float>.Transposed(random, k, n) })
        {
            var a = Matrix<float>.Plain(random, m, k);
            Array.Clear(a.Data);
            b[k - 1, n - 1] = float.NaN;
            b[0, 0] = float.PositiveInfinity;
            var c = GemmRun.Multiply(GemmRun.One, a, b, new float[m * n], n, accumulate: false);
            for (var i = 0; i < m; i++)
            {
                for (var j = 0; j < n; j++) Assert.Equal(j == 0 || j == n - 1 ? float.NaN : 0f, c[i * n + j]);
            }
        }
    }

    [Fact]
    public void Multiply_NaNInC_IsOverwrittenUnlessAccumulating()
    {
        var random = new Random(12);
        var a = Matrix<float>.Plain(random, 13, 5);
        var b = Matrix<float>.Plain(random, 5, 19);
        var start = new float[13 * 19];
        Array.Fill(start, float.NaN);
        Assert.DoesNotContain(float.NaN, GemmRun.Multiply(GemmRun.One, a, b, start, 19, accumulate: false));
        Assert.All(GemmRun.Multiply(GemmRun.One, a, b, start, 19, accumulate: true), value => Assert.Equal(float.NaN, value));
    }

    [Fact]
    public void Multiply_Infinities_FollowIeee()
    {
        var random = new Random(13);
        var a = Matrix<double>.Plain(random, 2, 2);
        var b = Matrix<double>.Plain(random, 2, 1);
        (a[0, 0], a[0, 1], a[1, 0], a[1, 1]) = (double.PositiveInfinity, 1, double.PositiveInfinity, double.NegativeInfinity);
        (b[0, 0], b[1, 0]) = (1, 1);
        Assert.Equal([double.PositiveInfinity, double.NaN], GemmRun.Multiply(GemmRun.One, a, b, new double[2], 1, accumulate: false));
    }
}
