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

    public static T Finish(T sum) => sum;

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
        return Tail(Tail(lanes[0], lanes + 1, L.Count - 1), x + i, count - i);
    }

    private static T Tail(T chosen, T* x, nint count)
    {
        for (nint i = 0; i < count; i++)
            chosen = TOp.Apply(chosen, x[i]);
        return chosen;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Rows<V, L>(T* sums, T** rows, int rowCount, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        for (; i + L.Count <= width; i += L.Count)
        {
            var chosen = L.Load(sums + i);
            for (int r = 0; r < rowCount; r++)
                chosen = TOp.Apply<V, L, T>(chosen, L.Load(rows[r] + i));
            L.Store(sums + i, chosen);
        }

        return i;
    }

    private static T FindSeed()
    {
        bool largest = TOp.Apply(T.Zero, T.One) == T.One;
        if (typeof(T) == typeof(float) || typeof(T) == typeof(double))
            return T.CreateTruncating(largest ? double.NegativeInfinity : double.PositiveInfinity);
        return largest ? T.MinValue : T.MaxValue;
    }
}
