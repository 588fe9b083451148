namespace Nabla.Tests;

public sealed class GemmStrideTests
{
    [Fact]
    public void Multiply_RandomStrides_MatchesDoubleLoop()
    {
        var random = new Random(5);
        for (var trial = 0; trial < 600; trial++)
        {
            int m = random.Next(1, 50), n = random.Next(1, 50), k = random.Next(1, 50);
            GemmRun.Check(random, Strided(random, m, k), Strided(random, k, n), random.Next(3), random.Next(2) == 0);
        }
    }

    [Theory]
    [InlineData(17, 35, 40)]
    [InlineData(1, 35, 40)]
    [InlineData(35, 1, 40)]
    public void Multiply_ReversedOperands_MatchesDoubleLoop(int m, int n, int k)
    {
        var random = new Random(6);
        var a = new Matrix<float>(random, m, k, -k, -1);
        var b = new Matrix<float>(random, k, n, -1, k);
        GemmRun.Check(random, a, b);
        GemmRun.Check(random, a, new Matrix<float>(random, k, n, n, -1));
        GemmRun.Check(random, a, new Matrix<float>(random, k, n, -n, 1));
    }

    // Lines so far apart compete in the caches, so A is packed for many columns: parts of its rows in turn, or of its columns.
    [Theory]
    [InlineData(37, 530, 300)]
    [InlineData(200, 512, 131)]
    [InlineData(25, 520, 1030)]
    public void Multiply_LinesPagesApart_MatchesDoubleLoop(int m, int n, int k)
    {
        var random = new Random(8);
        foreach (var page in new[] { 2048, -2048 })
        {
            GemmRun.Check(random, new Matrix<float>(random, m, k, page, 1), Matrix<float>.Plain(random, k, n));
            GemmRun.Check(random, new Matrix<float>(random, m, k, 1, page), Matrix<float>.Transposed(random, k, n), accumulate: true);
            GemmRun.Check(random, new Matrix<float>(random, m, k, 2, page), new Matrix<float>(random, k, n, page, 1));
        }
    }

    [Fact]
    public void Multiply_BroadcastOperands_MatchesDoubleLoop()
    {
        var random = new Random(7);
        GemmRun.Check(random, new Matrix<float>(random, 20, 30, 0, 1), new Matrix<float>(random, 30, 40, 1, 0));
        GemmRun.Check(random, new Matrix<float>(random, 20, 30, 1, 0), new Matrix<float>(random, 30, 40, 0, 1));
        GemmRun.Check(random, new Matrix<float>(random, 1, 30, 0, 0), new Matrix<float>(random, 30, 40, 0, 0));
    }

    private static Matrix<float> Strided(Random random, int rows, int columns)
    {
        var inner = random.Next(-3, 4);
        var outer = random.Next(-2, 3) * Math.Max(1, Math.Abs(inner)) * (random.Next(2) == 0 ? rows : columns);
        return random.Next(2) == 0
            ? new Matrix<float>(random, rows, columns, outer, inner)
            : new Matrix<float>(random, rows, columns, inner, outer);
    }
}
