using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>log(sum(e^x)) of float32 in one pass over memory: sums are scaled when a larger maximum turns up.</summary>
internal readonly unsafe struct LogSumExpReduction : IReduction<float, ExpSum>
{
    /// <summary>Elements of a piece: half of a first-level cache.</summary>
    private const int Piece = 4096;

    public static ExpSum Seed => new(float.NegativeInfinity, 0);

    public static ExpSum Combine(ExpSum a, ExpSum b)
    {
        float max = MathF.Max(a.Max, b.Max);
        return new(max, Rescaled(a, max) + Rescaled(b, max));
    }

    /// <summary>As in a row: where a thread's part ends with one result, its logarithm must be the same.</summary>
    public static float Finish(ExpSum sum, double divisor)
    {
        float y;
        FinishRow(&y, &sum, 1, divisor);
        return y;
    }

    [SkipLocalsInit]
    public static bool FinishRow(float* y, ExpSum* sums, nint count, double divisor)
    {
        double* results = stackalloc double[Widening.Piece], shifts = stackalloc double[Widening.Piece];
        for (; count > 0; y += Widening.Piece, sums += Widening.Piece, count -= Widening.Piece)
        {
            nint n = Math.Min(count, Widening.Piece);
            for (nint i = 0; i < n; i++)
                (results[i], shifts[i]) = (sums[i].Sum, ExpSum.Shift(sums[i].Max));
            RowPass.Map(results, results, shifts, shifts, n, default(ShiftedLog));
            Widening.Narrow(results, y, n);
        }

        return true;
    }

    public static ExpSum Block(float* x, nint count)
    {
        var total = Seed;
        for (; count > 0; x += Piece, count -= Piece)
        {
            nint n = Math.Min(count, Piece);
            float max = ChoiceReduction<NumberOperators.Maximum, float>.Block(x, n);
            total = Combine(total, float.IsInfinity(max) ? ExpSum.Infinite(max) : new(max, RowPass.Sum(x, x, x, n, new RowMaps.ExpTerm { Shift = max })));
        }

        return total;
    }

    [SkipLocalsInit]
    public static void Rows(ExpSum* sums, float** rows, int rowCount, nint width)
    {
        float* max = stackalloc float[ReduceTile.Columns];
        float* shift = stackalloc float[ReduceTile.Columns];
        float* added = stackalloc float[ReduceTile.Columns];
        for (nint i = 0; i < width; i++)
            max[i] = sums[i].Max;
        ChoiceReduction<NumberOperators.Maximum, float>.Rows(max, rows, rowCount, width);
        for (nint i = 0; i < width; i++)
            shift[i] = ExpSum.Shift(max[i]);
        ColumnPass.Sum<RowMaps.ExpTermDistance>(added, rows, shift, rowCount, width);
        for (nint i = 0; i < width; i++)
            sums[i] = float.IsInfinity(max[i]) ? ExpSum.Infinite(max[i]) : new(max[i], Rescaled(sums[i], max[i]) + added[i]);
    }

    /// <summary>The sum as measured from a maximum that is not smaller.</summary>
    private static double Rescaled(ExpSum sum, float max) => sum.Sum == 0 || sum.Max == max
        ? sum.Sum
        : sum.Sum * Math.Exp((double)ExpSum.Shift(sum.Max) - ExpSum.Shift(max));

    private readonly struct ShiftedLog : IRowMap<double>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, double> => L.Add(SimdMath64<V, L>.Log(a), b);
    }
}
