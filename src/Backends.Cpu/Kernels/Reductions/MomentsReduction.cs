using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The variance of float32: squared distances from the mean of short pieces, which are in the cache where a second look is needed, combined by the
/// distances of their means. One pass over memory, and no cancellation. Squares that float32 has no room for are summed again, in binary64.
/// Source: Chan, Golub and LeVeque, 1979.
/// </summary>
internal readonly unsafe struct MomentsReduction : IReduction<float, Moments>
{
    /// <summary>Elements of a piece: half of a first-level cache.</summary>
    private const int Piece = 4096;

    /// <summary>Of the squares, the part that is due to the distance of the mean: so much costs at most a factor of five in the error.</summary>
    private const double FarFromMean = 0.8;

    /// <summary>A sum of squares in float32 has its digits from here on: each of the elements of a piece may have lost half of the smallest number.</summary>
    private const double SmallestSum = 1e-30;

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
        if (InRange(squares) && sum * sum <= FarFromMean * squares * n)
            return About(shift, n, sum, squares);
        return Again(x, n);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Moments Again(float* x, nint n)
    {
        // Equal numbers, zeros above all, are no rarity, and their squares are not lost but 0: found soonest by their bits.
        if (float.IsFinite(x[0]) && !new ReadOnlySpan<int>(x, (int)n).ContainsAnyExcept(*(int*)x))
            return new(n, x[0], 0);
        float centre = (float)(SumReduction<float, double>.Block(x, n) / n);
        var (sum, squares) = ShiftedSums.Of(x, n, centre);
        return InRange(squares) ? About(centre, n, sum, squares) : Exact(x, n);
    }

    /// <summary>Whether a sum of squares kept its digits: no infinity, no NaN, and nothing that counts below the normal numbers.</summary>
    private static bool InRange(double squares) => squares is >= SmallestSum and <= double.MaxValue;

    /// <summary>In binary64, which holds the square of every float32.</summary>
    private static Moments Exact(float* x, nint count)
    {
        double sum = 0, rest = 0, squares = 0;
        for (nint i = 0; i < count; i++)
            sum += x[i];
        double mean = sum / count;
        for (nint i = 0; i < count; i++)
        {
            double distance = x[i] - mean;
            rest += distance;
            squares += distance * distance;
        }

        return About(mean, count, rest, squares);
    }

    /// <summary>Of a column whose squares were lost.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static Moments OfColumn(float** rows, int rowCount, nint column)
    {
        float* x = stackalloc float[ReduceTile.Rows];
        for (int r = 0; r < rowCount; r++)
            x[r] = rows[r][column];
        return Again(x, rowCount);
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
        if (!InRange(ChoiceReduction<NumberOperators.Minimum, float>.Block(squares, width)) || !InRange(ChoiceReduction<NumberOperators.Maximum, float>.Block(squares, width)))
        {
            CombineEach(sums, rows, rowCount, width, centres, distances, squares);
            return;
        }

        for (nint i = 0; i < width; i++)
            sums[i] = Combine(sums[i], About(centres[i], rowCount, distances[i], squares[i]));
    }

    /// <summary>Where the squares of some column were lost. Apart from the loop for all others, which a choice in it made take half as long again.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    private static void CombineEach(Moments* sums, float** rows, int rowCount, nint width, float* centres, float* distances, float* squares)
    {
        // Equal numbers again: of them the mean is exact.
        float* apart = stackalloc float[ReduceTile.Columns];
        ColumnPass.Sum<AbsoluteDistance>(apart, rows, centres, rowCount, width);
        for (nint i = 0; i < width; i++)
        {
            bool kept = InRange(squares[i]) || apart[i] == 0;
            sums[i] = Combine(sums[i], kept ? About(centres[i], rowCount, distances[i], squares[i]) : OfColumn(rows, rowCount, i));
        }
    }

    /// <summary>
    /// From distances to a number near the mean: the mean itself, which float32 sums of large numbers would miss, and squares about it.
    /// </summary>
    private static Moments About(double centre, nint count, double sum, double squares) =>
        new(count, centre + (sum / count), Math.Max(0, squares - (sum * sum / count)));

    /// <summary>|a - b|: a sum of these is 0 of equal numbers alone.</summary>
    private readonly struct AbsoluteDistance : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Abs(L.Subtract(a, b));
    }
}
