using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Sums. Floats are added in balanced trees of 64 at a time, whose results are added in binary64: the error does not grow with the
/// number of elements. Integers wrap, in any order.
/// </summary>
internal readonly unsafe struct SumReduction<T, TSum> : IReduction<T, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    public static TSum Seed => TSum.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum Combine(TSum a, TSum b) => unchecked(a + b);

    public static T Finish(TSum sum, double divisor) => T.CreateTruncating(sum);

    public static TSum Block(T* x, nint count)
    {
        if (Vector512.IsHardwareAccelerated) return Block<Vector512<T>, Simd512<T>>(x, count);
        if (Vector256.IsHardwareAccelerated) return Block<Vector256<T>, Simd256<T>>(x, count);
        if (Vector128.IsHardwareAccelerated) return Block<Vector128<T>, Simd128<T>>(x, count);
        return Tail(TSum.Zero, x, count);
    }

    public static void Rows(TSum* sums, T** rows, int rowCount, nint width)
    {
        nint done = 0;
        if (Vector512.IsHardwareAccelerated) done = Rows<Vector512<T>, Simd512<T>>(sums, rows, rowCount, width);
        else if (Vector256.IsHardwareAccelerated) done = Rows<Vector256<T>, Simd256<T>>(sums, rows, rowCount, width);
        else if (Vector128.IsHardwareAccelerated) done = Rows<Vector128<T>, Simd128<T>>(sums, rows, rowCount, width);
        for (; done < width; done++)
            for (int r = 0; r < rowCount; r++)
                sums[done] = unchecked(sums[done] + TSum.CreateTruncating(rows[r][done]));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TSum Block<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        var sum = TSum.Zero;
        for (; count >= 64 * L.Count; x += 64 * L.Count, count -= 64 * L.Count)
        {
            var first = L.Add(Pair<V, L>(x), Pair<V, L>(x + (16 * L.Count)));
            var second = L.Add(Pair<V, L>(x + (32 * L.Count)), Pair<V, L>(x + (48 * L.Count)));
            sum = unchecked(sum + TSum.CreateTruncating(L.Sum(L.Add(first, second))));
        }

        // The rest: eights, then singles, in one vector of sums.
        if (count >= L.Count)
        {
            V rest = default;
            for (; count >= 8 * L.Count; x += 8 * L.Count, count -= 8 * L.Count)
                rest = L.Add(rest, Eight<V, L>(x));
            for (; count >= L.Count; x += L.Count, count -= L.Count)
                rest = L.Add(rest, L.Load(x));
            sum = unchecked(sum + TSum.CreateTruncating(L.Sum(rest)));
        }

        return Tail(sum, x, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Pair<V, L>(T* x) where V : struct where L : struct, ISimd<V, T> => L.Add(Eight<V, L>(x), Eight<V, L>(x + (8 * L.Count)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Eight<V, L>(T* x) where V : struct where L : struct, ISimd<V, T>
    {
        var first = L.Add(L.Add(L.Load(x), L.Load(x + L.Count)), L.Add(L.Load(x + (2 * L.Count)), L.Load(x + (3 * L.Count))));
        var second = L.Add(L.Add(L.Load(x + (4 * L.Count)), L.Load(x + (5 * L.Count))), L.Add(L.Load(x + (6 * L.Count)), L.Load(x + (7 * L.Count))));
        return L.Add(first, second);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TSum Tail(TSum sum, T* x, nint count)
    {
        TSum s1 = TSum.Zero, s2 = TSum.Zero, s3 = TSum.Zero;
        nint i = 0;
        for (; i + 4 <= count; i += 4)
        {
            sum = unchecked(sum + TSum.CreateTruncating(x[i]));
            s1 = unchecked(s1 + TSum.CreateTruncating(x[i + 1]));
            s2 = unchecked(s2 + TSum.CreateTruncating(x[i + 2]));
            s3 = unchecked(s3 + TSum.CreateTruncating(x[i + 3]));
        }

        for (; i < count; i++)
            sum = unchecked(sum + TSum.CreateTruncating(x[i]));
        return unchecked(sum + s1 + (s2 + s3));
    }

    /// <summary>Eight rows in a tree, eight of those in another, then into the sums. Returns how many columns are done.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Rows<V, L>(TSum* sums, T** rows, int rowCount, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        const int tile = ReduceTile.Columns;
        T* quarters = stackalloc T[4 * tile];
        nint done = width - (width % L.Count);
        for (int k = 0; k < 4; k++)
            new Span<T>(quarters + (k * tile), (int)done).Clear();
        for (int eighth = 0; rowCount >= 8; eighth++, rows += 8, rowCount -= 8)
        {
            T* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
            T* quarter = quarters + (eighth / 2 * tile);
            for (nint i = 0; i < done; i += L.Count)
            {
                var first = L.Add(L.Add(L.Load(r0 + i), L.Load(r1 + i)), L.Add(L.Load(r2 + i), L.Load(r3 + i)));
                var second = L.Add(L.Add(L.Load(r4 + i), L.Load(r5 + i)), L.Add(L.Load(r6 + i), L.Load(r7 + i)));
                L.Store(quarter + i, L.Add(L.Load(quarter + i), L.Add(first, second)));
            }
        }

        for (; rowCount > 0; rows++, rowCount--)
        {
            T* row = rows[0], last = quarters + (3 * tile);
            for (nint i = 0; i < done; i += L.Count)
                L.Store(last + i, L.Add(L.Load(last + i), L.Load(row + i)));
        }

        for (nint i = 0; i < done; i++)
        {
            T first = unchecked(quarters[i] + quarters[tile + i]), second = unchecked(quarters[(2 * tile) + i] + quarters[(3 * tile) + i]);
            sums[i] = unchecked(sums[i] + TSum.CreateTruncating(unchecked(first + second)));
        }

        return done;
    }
}
