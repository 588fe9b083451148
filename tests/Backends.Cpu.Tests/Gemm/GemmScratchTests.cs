namespace Nabla.Tests;

/// <summary>Packing buffers are in nobody's accounts: however large an operand is, a thread holds no more than the blocks of a kernel.</summary>
public sealed class GemmScratchTests
{
    private const int Limit = 1 << 20;

    // Operands whose rows or columns are contiguous: dot products among these copy one, tiles pack.
    [Theory]
    [InlineData(4, 1, 2_000_000)]
    [InlineData(10, 3, 1_000_000)]
    [InlineData(11, 8, 1_000_000)]
    [InlineData(40, 20, 200_000)]
    public void Multiply_LargeOperand_KeepsLittle(int m, int n, int k)
    {
        var random = new Random(22);
        var most = 0L;
        foreach (var a in new[] { Matrix<float>.Plain(random, m, k), Matrix<float>.Transposed(random, m, k) })
        {
            foreach (var b in new[] { Matrix<float>.Plain(random, k, n), Matrix<float>.Transposed(random, k, n) })
                most = Math.Max(most, BytesAfter(() => GemmRun.Multiply(GemmRun.One, a, b, new float[m * n], n, accumulate: false)));
        }

        Assert.InRange(most, 1, Limit);
    }

    [Theory]
    [InlineData(1, 3, 1_000_000)]
    [InlineData(3, 4100, 5000)]
    [InlineData(10, 20, 65_536)]
    [InlineData(10, 20, 200_000)]
    public void Multiply_LargeOperandOfHalves_KeepsLittle(int m, int n, int k)
    {
        ushort[] a = new ushort[m * k], b = new ushort[k * n];
        foreach (var (aRow, aColumn) in new[] { (k, 1), (1, m) })
        {
            foreach (var (bRow, bColumn) in new[] { (n, 1), (1, k) })
                Assert.InRange(BytesAfter(() => GemmRun.MultiplyHalves<HalfConversions.HalfFormat>(GemmRun.One, m, n, k, a, aRow, aColumn, b, bRow, bColumn)), 1, Limit);
        }
    }

    // Longer than a block of what is copied, with an end that fills no vector.
    [Theory]
    [InlineData(4, 1, 50_003)]
    [InlineData(9, 5, 20_001)]
    [InlineData(30, 7, 20_001)]
    public void Multiply_BlocksOfCopies_MatchesDoubleLoop(int m, int n, int k)
    {
        var random = new Random(23);
        foreach (var accumulate in new[] { false, true })
        {
            GemmRun.Check(random, Matrix<float>.Transposed(random, m, k), Matrix<float>.Transposed(random, k, n), gap: 1, accumulate);
            GemmRun.Check(random, Matrix<double>.Plain(random, m, k), Matrix<double>.Plain(random, k, n), gap: 2, accumulate);
            GemmRun.Check(random, new Matrix<float>(random, m, k, k * 2, 2), new Matrix<float>(random, k, n, 1, k), gap: 0, accumulate);
        }
    }

    /// <summary>What a new thread holds after some work.</summary>
    private static long BytesAfter(Action work)
    {
        var bytes = 0L;
        var thread = new Thread(() =>
        {
            work();
            bytes = (long)GemmScratch.Current.Bytes;
        });
        thread.Start();
        thread.Join();
        return bytes;
    }
}
