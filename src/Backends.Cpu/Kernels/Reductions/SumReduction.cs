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

    /// <summary>Sixteen rows in a tree, four of those in another, then into the sums. Returns how many columns are done.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Rows<V, L>(TSum* sums, T** rows, int rowCount, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        T* halves = stackalloc T[2 * ReduceTile.Columns];
        T* first = halves, second = halves + ReduceTile.Columns;
        nint done = width - (width % L.Count);
        new Span<T>(first, (int)done).Clear();
        new Span<T>(second, (int)done).Clear();
        for (int part = 0; rowCount >= 16; part++, rows += 16, rowCount -= 16)
        {
            T* half = part < 2 ? first : second;
            for (nint i = 0; i < done; i += L.Count)
                L.Store(half + i, L.Add(L.Load(half + i), L.Add(Eight<V, L>(rows, i), Eight<V, L>(rows + 8, i))));
        }

        if (rowCount >= 8)
        {
            for (nint i = 0; i < done; i += L.Count)
                L.Store(second + i, L.Add(L.Load(second + i), Eight<V, L>(rows, i)));
            rows += 8;
            rowCount -= 8;
        }

        for (; rowCount > 0; rows++, rowCount--)
        {
            T* row = rows[0];
            for (nint i = 0; i < done; i += L.Count)
                L.Store(second + i, L.Add(L.Load(second + i), L.Load(row + i)));
        }

        for (nint i = 0; i < done; i++)
            sums[i] = unchecked(sums[i] + TSum.CreateTruncating(unchecked(first[i] + second[i])));
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Eight<V, L>(T** rows, nint column) where V : struct where L : struct, ISimd<V, T>
    {
        var first = L.Add(L.Add(L.Load(rows[0] + column), L.Load(rows[1] + column)), L.Add(L.Load(rows[2] + column), L.Load(rows[3] + column)));
        var second = L.Add(L.Add(L.Load(rows[4] + column), L.Load(rows[5] + column)), L.Add(L.Load(rows[6] + column), L.Load(rows[7] + column)));
        return L.Add(first, second);
    }
}
