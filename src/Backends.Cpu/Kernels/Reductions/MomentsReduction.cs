using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The variance of float32: squared distances from the mean of short pieces, which are in the cache where a second look is needed, combined by the
/// distances of their means. One pass over memory, and no cancellation. Source: Chan, Golub and LeVeque, 1979.
/// </summary>
internal readonly unsafe struct MomentsReduction : IReduction<float, Moments>
{
    /// <summary>Elements of a piece: half of a first-level cache.</summary>
    private const int Piece = 4096;

    /// <summary>Of the squares, the part that is due to the distance of the mean: so much costs at most a factor of five in the error.</summary>
    private const double FarFromMean = 0.8;

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
            total = Combine(total, OfPiece(x, Math.Min(count, Piece)));
        return total;
    }

    /// <summary>In one look, from a number near the mean. Where that is not near, squares about the mean would lose digits: then in two.</summary>
    private static Moments OfPiece(float* x, nint n)
    {
        float shift = ShiftedSums.Shift(x, n);
        var (sum, squares) = ShiftedSums.Of(x, n, shift);
        if (double.IsFinite(squares) && sum * sum <= FarFromMean * squares * n)
            return About(shift, n, sum, squares);
        float centre = (float)(SumReduction<float, double>.Block(x, n) / n);
        (sum, squares) = ShiftedSums.Of(x, n, centre);
        return About(centre, n, sum, squares);
    }

    [SkipLocalsInit]
    public static void Rows(Moments* sums, float** rows, int rowCount, nint width)
    {
        double* exact = stackalloc double[ReduceTile.Columns];
        float* centres = stackalloc float[ReduceTile.Columns], distances = stackalloc float[ReduceTile.Columns], squares = stackalloc float[ReduceTile.Columns];
        new Span<double>(exact, (int)width).Clear();
        SumReduction<float, double>.Rows(exact, rows, rowCount, width);
        for (nint i = 0; i < width; i++)
            centres[i] = (float)(exact[i] / rowCount);
        ColumnPass.Sum<RowMaps.Distance>(distances, rows, centres, rowCount, width);
        ColumnPass.Sum<RowMaps.SquaredDistance>(squares, rows, centres, rowCount, width);
        for (nint i = 0; i < width; i++)
            sums[i] = Combine(sums[i], About(centres[i], rowCount, distances[i], squares[i]));
    }

    /// <summary>
    /// From distances to a number near the mean: the mean itself, which float32 sums of large numbers would miss, and squares about it.
    /// </summary>
    private static Moments About(float centre, nint count, double sum, double squares) =>
        new(count, centre + (sum / count), Math.Max(0, squares - (sum * sum / count)));
}
