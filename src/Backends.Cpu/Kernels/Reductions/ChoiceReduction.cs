using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The largest or smallest; NaN wins over both.</summary>
internal readonly unsafe struct ChoiceReduction<TOp, T> : IReduction<T, T>
    where TOp : struct, INumberBinary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    /// <summary>What every element replaces; the infinities of floats, since the largest finite number is above -infinity.</summary>
    public static T Seed { get; } = FindSeed();

    public static T Combine(T a, T b) => TOp.Apply(a, b);

    public static T Finish(T sum, double divisor) => sum;

    public static T Block(T* x, nint count)
    {
        if (Vector512.IsHardwareAccelerated && count >= 4 * Vector512<T>.Count) return Block<Vector512<T>, Simd512<T>>(x, count);
        if (Vector256.IsHardwareAccelerated && count >= 4 * Vector256<T>.Count) return Block<Vector256<T>, Simd256<T>>(x, count);
        if (Vector128.IsHardwareAccelerated && count >= 4 * Vector128<T>.Count) return Block<Vector128<T>, Simd128<T>>(x, count);
        return Tail(x[0], x + 1, count - 1);
    }

    public static void Rows(T* sums, T** rows, int rowCount, nint width)
    {
        nint done = 0;
        if (Vector512.IsHardwareAccelerated) done = Rows<Vector512<T>, Simd512<T>>(sums, rows, rowCount, width);
        else if (Vector256.IsHardwareAccelerated) done = Rows<Vector256<T>, Simd256<T>>(sums, rows, rowCount, width);
        else if (Vector128.IsHardwareAccelerated) done = Rows<Vector128<T>, Simd128<T>>(sums, rows, rowCount, width);
        for (; done < width; done++)
            for (int r = 0; r < rowCount; r++)
                sums[done] = TOp.Apply(sums[done], rows[r][done]);
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Block<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        V c0 = L.Load(x), c1 = L.Load(x + L.Count), c2 = L.Load(x + (2 * L.Count)), c3 = L.Load(x + (3 * L.Count));
        nint i = 4 * L.Count;
        for (; i + (4 * L.Count) <= count; i += 4 * L.Count)
        {
            c0 = TOp.Apply<V, L, T>(c0, L.Load(x + i));
            c1 = TOp.Apply<V, L, T>(c1, L.Load(x + i + L.Count));
            c2 = TOp.Apply<V, L, T>(c2, L.Load(x + i + (2 * L.Count)));
            c3 = TOp.Apply<V, L, T>(c3, L.Load(x + i + (3 * L.Count)));
        }

        T* lanes = stackalloc T[L.Count];
        L.Store(lanes, TOp.Apply<V, L, T>(TOp.Apply<V, L, T>(c0, c1), TOp.Apply<V, L, T>(c2, c3)));
        int width = Math.Min(L.Count, Vector128<T>.Count);
        if (width < L.Count)
        {
            var chosen = Vector128.Load(lanes);
            for (int k = width; k < L.Count; k += width)
                chosen = TOp.Apply<Vector128<T>, Simd128<T>, T>(chosen, Vector128.Load(lanes + k));
            chosen.Store(lanes);
        }

        return Tail(Tail(lanes[0], lanes + 1, width - 1), x + i, count - i);
    }

    private static T Tail(T chosen, T* x, nint count)
    {
        for (nint i = 0; i < count; i++)
            chosen = TOp.Apply(chosen, x[i]);
        return chosen;
    }

    /// <summary>Eight rows at a time: what is chosen is then loaded and stored once for all. Returns how many columns are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Rows<V, L>(T* sums, T** rows, int rowCount, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        nint done = width - (width % L.Count);
        for (; rowCount >= 8; rows += 8, rowCount -= 8)
        {
            T* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
            for (nint i = 0; i < done; i += L.Count)
            {
                V a = TOp.Apply<V, L, T>(L.Load(r0 + i), L.Load(r1 + i)), b = TOp.Apply<V, L, T>(L.Load(r2 + i), L.Load(r3 + i));
                V c = TOp.Apply<V, L, T>(L.Load(r4 + i), L.Load(r5 + i)), d = TOp.Apply<V, L, T>(L.Load(r6 + i), L.Load(r7 + i));
                var chosen = TOp.Apply<V, L, T>(TOp.Apply<V, L, T>(a, b), TOp.Apply<V, L, T>(c, d));
                L.Store(sums + i, TOp.Apply<V, L, T>(L.Load(sums + i), chosen));
            }
        }

        for (; rowCount > 0; rows++, rowCount--)
        {
            T* row = rows[0];
            for (nint i = 0; i < done; i += L.Count)
                L.Store(sums + i, TOp.Apply<V, L, T>(L.Load(sums + i), L.Load(row + i)));
        }

        return done;
    }

    private static T FindSeed()
    {
        bool largest = TOp.Apply(T.Zero, T.One) == T.One;
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return T.CreateTruncating(largest ? double.NegativeInfinity : double.PositiveInfinity);
        return largest ? T.MinValue : T.MaxValue;
    }
}
