using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Passes down the columns of a few float32 rows: as <see cref="RowPass"/>, with sums of their own for each column.</summary>
internal static unsafe class ColumnPass
{
    /// <summary>sums[i] = the sum of f(row[i], other[i]) over rows: of at most 64, so that chains are short.</summary>
    public static void Sum<TMap>(float* sums, float** rows, float* other, int rowCount, nint width) where TMap : struct, IRowMap<float>
    {
        if (WideVectors.Have512) Sum<Vector512<float>, Simd512<float>, TMap>(sums, rows, other, rowCount, width);
        else if (Vector256.IsHardwareAccelerated) Sum<Vector256<float>, Simd256<float>, TMap>(sums, rows, other, rowCount, width);
        else Sum<Vector128<float>, Simd128<float>, TMap>(sums, rows, other, rowCount, width);
    }

    private static void Sum<V, L, TMap>(float* sums, float** rows, float* other, int rowCount, nint width)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap<float>
    {
        nint whole = width - (width % L.Count);
        Whole<V, L, TMap>(sums, rows, other, rowCount, whole);
        if (whole < width)
            Last<V, L, TMap>(sums + whole, rows, other + whole, rowCount, whole, width - whole);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Whole<V, L, TMap>(float* sums, float** rows, float* other, int rowCount, nint width)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap<float>
    {
        TMap map = default;
        new Span<float>(sums, (int)width).Clear();
        for (; rowCount >= 4; rows += 4, rowCount -= 4)
        {
            float* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3];
            for (nint i = 0; i < width; i += L.Count)
            {
                var b = L.Load(other + i);
                V f0 = map.Apply<V, L>(L.Load(r0 + i), b, b), f1 = map.Apply<V, L>(L.Load(r1 + i), b, b);
                V f2 = map.Apply<V, L>(L.Load(r2 + i), b, b), f3 = map.Apply<V, L>(L.Load(r3 + i), b, b);
                L.Store(sums + i, L.Add(L.Load(sums + i), L.Add(L.Add(f0, f1), L.Add(f2, f3))));
            }
        }

        for (; rowCount > 0; rows++, rowCount--)
        {
            float* row = rows[0];
            for (nint i = 0; i < width; i += L.Count)
            {
                var b = L.Load(other + i);
                L.Store(sums + i, L.Add(L.Load(sums + i), map.Apply<V, L>(L.Load(row + i), b, b)));
            }
        }
    }

    /// <summary>Columns that do not fill a vector.</summary>
    private static void Last<V, L, TMap>(float* sums, float** rows, float* other, int rowCount, nint column, nint width)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap<float>
    {
        TMap map = default;
        V mask = L.Mask((int)width), total = default, b = L.LoadMasked(other, mask);
        for (int r = 0; r < rowCount; r++)
            total = L.Add(total, map.Apply<V, L>(L.LoadMasked(rows[r] + column, mask), b, b));
        L.StoreMasked(sums, total, mask);
    }
}
