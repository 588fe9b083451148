using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The variance of float32: squared distances from the mean of short pieces, which are in the cache for the second look, combined by the
/// distances of their means. One pass over memory, and no cancellation. Source: Chan, Golub and LeVeque, 1979.
/// </summary>
internal readonly unsafe struct MomentsReduction : IReduction<float, Moments>
{
    /// <summary>Elements of a piece: half of a first-level cache.</summary>
    private const int Piece = 4096;

    public static Moments Seed => default;

    public static Moments Combine(Moments a, Moments b)
    {
        if (a.Count == 0)
            return b;
        double count = a.Count + b.Count, distance = b.Mean - a.Mean, share = b.Count / count;
        return new(count, a.Mean + (distance * share), a.Squares + b.Squares + (distance * distance * a.Count * share));
    }

    public static float Finish(Moments sum, double divisor) => (float)(sum.Squares / divisor);

    public static Moments Block(float* x, nint count)
    {
        var total = Seed;
        for (; count > 0; x += Piece, count -= Piece)
        {
            nint n = Math.Min(count, Piece);
            double mean = SumReduction<float, double>.Block(x, n) / n;
            total = Combine(total, Centred(n, mean, (float)mean, RowPass.Sum(x, x, x, n, new RowMaps.SquaredDeviation { Mean = (float)mean })));
        }

        return total;
    }

    [SkipLocalsInit]
    public static void Rows(Moments* sums, float** rows, int rowCount, nint width)
    {
        float* means = stackalloc float[ReduceTile.Columns];
        float* squares = stackalloc float[ReduceTile.Columns];
        double* exact = stackalloc double[ReduceTile.Columns];
        new Span<double>(exact, (int)width).Clear();
        SumReduction<float, double>.Rows(exact, rows, rowCount, width);
        for (nint i = 0; i < width; i++)
            means[i] = (float)(exact[i] /= rowCount);
        ColumnPass.Sum<RowMaps.SquaredDistance>(squares, rows, means, rowCount, width);
        for (nint i = 0; i < width; i++)
            sums[i] = Combine(sums[i], Centred(rowCount, exact[i], means[i], squares[i]));
    }

    /// <summary>Squares were taken about the mean as rounded to float32; about the mean itself they are less.</summary>
    private static Moments Centred(nint count, double mean, float rounded, double squares)
    {
        double error = mean - rounded;
        return new(count, mean, Math.Max(0, squares - (count * error * error)));
    }
}
