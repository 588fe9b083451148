using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>A function of up to three vectors, with numbers of a row in its fields.</summary>
internal interface IRowMap<T> where T : unmanaged
{
    V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T>;
}

/// <summary>
/// Passes over a dense row of float32 or float64: the fused kernels are made of them. Only for machines with vectors; see <see cref="KernelTable.Claims"/>.
/// The last elements go through the same vector code, in the first lanes of a vector.
/// </summary>
internal static unsafe class RowPass
{
    /// <summary>
    /// How far ahead, in elements, a pass that writes a result fetches a and y: what the next rows read and write then arrives while this
    /// one is computed. Two rows of 1024 took a third less time than none, and less than one.
    /// </summary>
    public const nint Ahead = 2048;

    private const int Accumulators = 4;

    /// <summary>y[i] = f(a[i], b[i], c[i]); inputs that the function does not read repeat another. y may be any of them.</summary>
    public static void Map<T, TMap>(T* y, T* a, T* b, T* c, nint count, in TMap map, nint ahead = 0) where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T>
    {
        if (WideVectors.Have512) Map<Vector512<T>, Simd512<T>, T, TMap>(y, a, b, c, count, map, ahead);
        else if (Vector256.IsHardwareAccelerated) Map<Vector256<T>, Simd256<T>, T, TMap>(y, a, b, c, count, map, ahead);
        else Map<Vector128<T>, Simd128<T>, T, TMap>(y, a, b, c, count, map, ahead);
    }

    /// <summary>The sum of f(a[i], b[i], c[i]): in short chains of the element type, then in binary64.</summary>
    public static double Sum<T, TMap>(T* a, T* b, T* c, nint count, in TMap map) where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T> =>
        MapSum(null, a, b, c, count, map, 0);

    /// <summary>y[i] = f(a[i], b[i], c[i]), and the sum of them.</summary>
    public static double MapSum<T, TMap>(T* y, T* a, T* b, T* c, nint count, in TMap map, nint ahead) where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T>
    {
        if (WideVectors.Have512) return MapSum<Vector512<T>, Simd512<T>, T, TMap>(y, a, b, c, count, map, ahead);
        if (Vector256.IsHardwareAccelerated) return MapSum<Vector256<T>, Simd256<T>, T, TMap>(y, a, b, c, count, map, ahead);
        return MapSum<Vector128<T>, Simd128<T>, T, TMap>(y, a, b, c, count, map, ahead);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Map<V, L, T, TMap>(T* y, T* a, T* b, T* c, nint count, TMap map, nint ahead)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T>
    {
        nint i = 0;
        for (; i + (2 * L.Count) <= count; i += 2 * L.Count)
        {
            nint j = i + L.Count;
            if (ahead != 0)
                Fetch<V, L, T>(y + i + ahead, a + i + ahead, 2);
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
        {
            V mask = L.Mask((int)(count - i));
            L.StoreMasked(y + i, Last<V, L, T, TMap>(a + i, b + i, c + i, mask, map), mask);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Last<V, L, T, TMap>(T* a, T* b, T* c, V mask, TMap map)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T> =>
        map.Apply<V, L>(L.LoadMasked(a, mask), L.LoadMasked(b, mask), L.LoadMasked(c, mask));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double MapSum<V, L, T, TMap>(T* y, T* a, T* b, T* c, nint count, TMap map, nint ahead)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> where TMap : struct, IRowMap<T>
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
                V f0 = map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i)), f1 = map.Apply<V, L>(L.Load(a + j), L.Load(b + j), L.Load(c + j));
                V f2 = map.Apply<V, L>(L.Load(a + k), L.Load(b + k), L.Load(c + k)), f3 = map.Apply<V, L>(L.Load(a + l), L.Load(b + l), L.Load(c + l));
                s0 = L.Add(s0, f0);
                s1 = L.Add(s1, f1);
                s2 = L.Add(s2, f2);
                s3 = L.Add(s3, f3);
                if (y is null)
                    continue;
                if (ahead != 0)
                    Fetch<V, L, T>(y + i + ahead, a + i + ahead, Accumulators);
                L.Store(y + i, f0);
                L.Store(y + j, f1);
                L.Store(y + k, f2);
                L.Store(y + l, f3);
            }

            sum += double.CreateTruncating(L.Sum(L.Add(L.Add(s0, s1), L.Add(s2, s3))));
        }

        if (i == count)
            return sum;
        V rest = default;
        for (; i + L.Count <= count; i += L.Count)
        {
            var f = map.Apply<V, L>(L.Load(a + i), L.Load(b + i), L.Load(c + i));
            rest = L.Add(rest, f);
            if (y is not null)
                L.Store(y + i, f);
        }

        if (i < count)
        {
            V mask = L.Mask((int)(count - i));
            var f = Last<V, L, T, TMap>(a + i, b + i, c + i, mask, map);
            rest = L.Add(rest, L.And(f, mask));
            if (y is not null)
                L.StoreMasked(y + i, f, mask);
        }

        return sum + double.CreateTruncating(L.Sum(rest));
    }

    /// <summary>Asks for the cache lines of some vectors of both.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Fetch<V, L, T>(T* y, T* a, int vectors) where V : struct where L : struct, ISimd<V, T> where T : unmanaged
    {
        Prefetch.Lines(a, vectors * L.Count * sizeof(T));
        Prefetch.Lines(y, vectors * L.Count * sizeof(T));
    }
}
