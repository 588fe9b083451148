using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A function of up to three float32 vectors, with numbers of a row in its fields.</summary>
internal interface IRowMap
{
    V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float>;
}

/// <summary>
/// Passes over a dense float32 row: the fused kernels are made of them. Only for machines with vectors; see <see cref="KernelTable.Claims"/>.
/// The last elements go through the same vector code, from padded copies.
/// </summary>
internal static unsafe class RowPass
{
    private const int Accumulators = 4;

    /// <summary>y[i] = f(a[i], b[i], c[i]); inputs that the function does not read repeat another. y may be any of them.</summary>
    public static void Map<TMap>(float* y, float* a, float* b, float* c, nint count, in TMap map) where TMap : struct, IRowMap
    {
        if (Vector512.IsHardwareAccelerated) Map<Vector512<float>, Simd512<float>, TMap>(y, a, b, c, count, map);
        else if (Vector256.IsHardwareAccelerated) Map<Vector256<float>, Simd256<float>, TMap>(y, a, b, c, count, map);
        else Map<Vector128<float>, Simd128<float>, TMap>(y, a, b, c, count, map);
    }

    /// <summary>The sum of f(a[i], b[i], c[i]): in short float32 chains, then in binary64.</summary>
    public static double Sum<TMap>(float* a, float* b, float* c, nint count, in TMap map) where TMap : struct, IRowMap
    {
        if (Vector512.IsHardwareAccelerated) return Sum<Vector512<float>, Simd512<float>, TMap>(a, b, c, count, map);
        if (Vector256.IsHardwareAccelerated) return Sum<Vector256<float>, Simd256<float>, TMap>(a, b, c, count, map);
        return Sum<Vector128<float>, Simd128<float>, TMap>(a, b, c, count, map);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<V, L, TMap>(float* y, float* a, float* b, float* c, nint count, TMap map)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap
    {
        nint i = 0;
        for (; i + (2 * L.Count) <= count; i += 2 * L.Count)
        {
            nint j = i + L.Count;
            V first = map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i)), second = map.Apply<V, L>(L.Load(a + j), L.Load(b + j), L.Load(c + j));
            L.Store(y + i, first);
            L.Store(y + j, second);
        }

        if (i + L.Count <= count)
        {
            L.Store(y + i, map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i)));
            i += L.Count;
        }

        if (i < count)
            Last<V, L, TMap>(y + i, a + i, b + i, c + i, count - i, map);
    }

    [SkipLocalsInit]
    private static void Last<V, L, TMap>(float* y, float* a, float* b, float* c, nint count, TMap map)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap
    {
        float* lanes = stackalloc float[3 * L.Count];
        for (nint k = 0; k < L.Count; k++)
        {
            nint from = Math.Min(k, count - 1);
            (lanes[k], lanes[L.Count + k], lanes[(2 * L.Count) + k]) = (a[from], b[from], c[from]);
        }

        L.Store(lanes, map.Apply<V, L>(L.Load(lanes), L.Load(lanes + L.Count), L.Load(lanes + (2 * L.Count))));
        for (nint k = 0; k < count; k++)
            y[k] = lanes[k];
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Sum<V, L, TMap>(float* a, float* b, float* c, nint count, TMap map)
        where V : struct where L : struct, ISimd<V, float> where TMap : struct, IRowMap
    {
        double sum = 0;
        nint i = 0;
        while (i + (Accumulators * L.Count) <= count)
        {
            // Sixteen rounds: long enough to hide the horizontal sum, short enough to keep the error of a chain small.
            nint end = Math.Min(i + (16 * Accumulators * L.Count), count - (count - i) % (Accumulators * L.Count));
            V s0 = default, s1 = default, s2 = default, s3 = default;
            for (; i < end; i += Accumulators * L.Count)
            {
                nint j = i + L.Count, k = j + L.Count, l = k + L.Count;
                s0 = L.Add(s0, map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i)));
                s1 = L.Add(s1, map.Apply<V, L>(L.Load(a + j), L.Load(b + j), L.Load(c + j)));
                s2 = L.Add(s2, map.Apply<V, L>(L.Load(a + k), L.Load(b + k), L.Load(c + k)));
                s3 = L.Add(s3, map.Apply<V, L>(L.Load(a + l), L.Load(b + l), L.Load(c + l)));
            }

            sum += L.Sum(L.Add(L.Add(s0, s1), L.Add(s2, s3)));
        }

        for (; i + L.Count <= count; i += L.Count)
            sum += L.Sum(map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i)));
        if (i == count)
            return sum;
        float* last = stackalloc float[L.Count];
        Last<V, L, TMap>(last, a + i, b + i, c + i, count - i, map);
        for (nint k = 0; i + k < count; k++)
            sum += last[k];
        return sum;
    }
}
