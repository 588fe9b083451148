using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Products: integers in 64 bits, which wrap as every width does; floats in binary64.</summary>
internal readonly unsafe struct ProdReduction<T, TSum> : IReduction<T, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    /// <summary>float32 in vectors of twice that width, eight at a time.</summary>
    private const int Lanes = 8;

    public static TSum Seed => TSum.One;

    public static TSum Combine(TSum a, TSum b) => unchecked(a * b);

    public static T Finish(TSum sum, double divisor) => T.CreateTruncating(sum);

    public static bool FinishRow(T* y, TSum* sums, nint count, double divisor) => FinishedRow.Write(y, sums, count);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TSum Block(T* x, nint count)
    {
        TSum p0 = TSum.One, p1 = TSum.One, p2 = TSum.One, p3 = TSum.One;
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated && count >= 4 * Lanes)
        {
            nint whole = count - (count % (4 * Lanes));
            p0 = TSum.CreateTruncating(Wide((float*)x, whole));
            x += whole;
            count -= whole;
        }

        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            p0 = unchecked(p0 * TSum.CreateTruncating(x[i]));
            p1 = unchecked(p1 * TSum.CreateTruncating(x[i + 1]));
            p2 = unchecked(p2 * TSum.CreateTruncating(x[i + 2]));
            p3 = unchecked(p3 * TSum.CreateTruncating(x[i + 3]));
        }

        for (; i < count; i++)
            p0 = unchecked(p0 * TSum.CreateTruncating(x[i]));
        return unchecked(p0 * p1 * (p2 * p3));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Rows(TSum* sums, T** rows, int rowCount, nint width)
    {
        nint done = 0;
        if (typeof(T) == typeof(float) && Vector128.IsHardwareAccelerated)
        {
            done = width - (width % Lanes);
            for (nint i = 0; i < done; i += Lanes)
                WideRows((double*)sums + i, (float**)rows, rowCount, i);
        }

        for (int r = 0; r < rowCount; r++)
            for (nint i = done; i < width; i++)
                sums[i] = unchecked(sums[i] * TSum.CreateTruncating(rows[r][i]));
    }

    /// <summary>A multiple of 4 <see cref="Lanes"/> elements.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Wide(float* x, nint count)
    {
        var one = Vector256<double>.One;
        Vector256<double> p0 = one, p1 = one, p2 = one, p3 = one, p4 = one, p5 = one, p6 = one, p7 = one;
        for (nint i = 0; i < count; i += 4 * Lanes)
        {
            var (a, b) = Vector256.Widen(Vector256.Load(x + i));
            var (c, d) = Vector256.Widen(Vector256.Load(x + i + Lanes));
            var (e, f) = Vector256.Widen(Vector256.Load(x + i + (2 * Lanes)));
            var (g, h) = Vector256.Widen(Vector256.Load(x + i + (3 * Lanes)));
            p0 *= a;
            p1 *= b;
            p2 *= c;
            p3 *= d;
            p4 *= e;
            p5 *= f;
            p6 *= g;
            p7 *= h;
        }

        var product = p0 * p1 * (p2 * p3) * (p4 * p5 * (p6 * p7));
        return product[0] * product[1] * (product[2] * product[3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WideRows(double* sums, float** rows, int rowCount, nint column)
    {
        Vector256<double> low = Vector256.Load(sums), high = Vector256.Load(sums + (Lanes / 2));
        for (int r = 0; r < rowCount; r++)
        {
            var (a, b) = Vector256.Widen(Vector256.Load(rows[r] + column));
            low *= a;
            high *= b;
        }

        low.Store(sums);
        high.Store(sums + (Lanes / 2));
    }
}
