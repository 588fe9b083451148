using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The largest or smallest; NaN wins over both.</summary>
internal readonly unsafe struct ChoiceReduction<TOp, T> : IReduction<T, T>
    where TOp : struct, INumberChoice
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private static bool HasNaN => typeof(T) == typeof(float) || typeof(T) == typeof(double);

    /// <summary>What every element replaces; the infinities of floats, since the largest finite number is above -infinity.</summary>
    public static T Seed { get; } = FindSeed();

    public static T Combine(T a, T b) => TOp.Apply(a, b);

    public static T Finish(T sum, double divisor) => sum;

    public static bool FinishRow(T* y, T* sums, nint count, double divisor)
    {
        new Span<T>(sums, (int)count).CopyTo(new(y, (int)count));
        return true;
    }

    public static T Block(T* x, nint count)
    {
        if (WideVectors.Have512 && count >= Vector512<T>.Count) return Block<Vector512<T>, Simd512<T>>(x, count);
        if (Vector256.IsHardwareAccelerated && count >= Vector256<T>.Count) return Block<Vector256<T>, Simd256<T>>(x, count);
        if (Vector128.IsHardwareAccelerated && count >= Vector128<T>.Count) return Block<Vector128<T>, Simd128<T>>(x, count);
        T chosen = x[0];
        for (nint i = 1; i < count; i++)
            chosen = TOp.Apply(chosen, x[i]);
        return chosen;
    }

    public static void Rows(T* sums, T** rows, int rowCount, nint width)
    {
        if (WideVectors.Have512 && width >= Vector512<T>.Count)
            Rows<Vector512<T>, Simd512<T>>(sums, rows, rowCount, width);
        else if (Vector256.IsHardwareAccelerated && width >= Vector256<T>.Count)
            Rows<Vector256<T>, Simd256<T>>(sums, rows, rowCount, width);
        else if (Vector128.IsHardwareAccelerated && width >= Vector128<T>.Count)
            Rows<Vector128<T>, Simd128<T>>(sums, rows, rowCount, width);
        else
            for (nint i = 0; i < width; i++)
                for (int r = 0; r < rowCount; r++)
                    sums[i] = TOp.Apply(sums[i], rows[r][i]);
    }

    /// <summary>
    /// At least a vector. What the hardware chooses in one instruction may lose a NaN, but a sum keeps it: where that is NaN, because of one or
    /// of infinities of both signs, the slower form decides; so it does of the sign where zero is chosen. Four vectors a round: the hardware foresees
    /// the loads of a short loop best.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Block<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        V chosen = L.Load(x), sum = default;
        nint i = 0;
        for (; i + (4 * L.Count) <= count; i += 4 * L.Count)
        {
            V a = L.Load(x + i), b = L.Load(x + i + L.Count), c = L.Load(x + i + (2 * L.Count)), d = L.Load(x + i + (3 * L.Count));
            chosen = TOp.Native<V, L, T>(TOp.Native<V, L, T>(TOp.Native<V, L, T>(a, b), TOp.Native<V, L, T>(c, d)), chosen);
            if (HasNaN)
                sum = L.Add(sum, L.Add(L.Add(a, b), L.Add(c, d)));
        }

        for (; i < count; i += L.Count)
        {
            V a = L.Load(x + Math.Min(i, count - L.Count)); // the last vector begins earlier: to choose twice from the same does no harm
            chosen = TOp.Native<V, L, T>(a, chosen);
            if (HasNaN)
                sum = L.Add(sum, a);
        }

        bool lost = HasNaN && L.Bits(L.Equal(sum, sum)) != L.Bits(L.Equal(default, default));
        T result = LaneFold<Native, T>.All(chosen);
        return lost || (HasNaN && result == T.Zero) ? Exact<V, L>(x, count) : result;
    }

    /// <summary>The same in the form that keeps a NaN, and a zero's sign.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T Exact<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        V chosen = L.Load(x);
        for (nint i = L.Count; i < count; i += L.Count)
            chosen = TOp.Apply<V, L, T>(chosen, L.Load(x + Math.Min(i, count - L.Count)));
        return LaneFold<TOp, T>.All(chosen);
    }

    /// <summary>
    /// Eight rows at a time: what is chosen is then loaded and stored once for all. At least a vector of columns: the last one begins earlier, since
    /// to choose twice from the same does no harm.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rows<V, L>(T* sums, T** rows, int rowCount, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        nint last = width - L.Count;
        for (; rowCount >= 8; rows += 8, rowCount -= 8)
        {
            T* r0 = rows[0], r1 = rows[1], r2 = rows[2], r3 = rows[3], r4 = rows[4], r5 = rows[5], r6 = rows[6], r7 = rows[7];
            for (nint column = 0; column < width; column += L.Count)
            {
                nint i = Math.Min(column, last);
                V a = TOp.Apply<V, L, T>(L.Load(r0 + i), L.Load(r1 + i)), b = TOp.Apply<V, L, T>(L.Load(r2 + i), L.Load(r3 + i));
                V c = TOp.Apply<V, L, T>(L.Load(r4 + i), L.Load(r5 + i)), d = TOp.Apply<V, L, T>(L.Load(r6 + i), L.Load(r7 + i));
                var chosen = TOp.Apply<V, L, T>(TOp.Apply<V, L, T>(a, b), TOp.Apply<V, L, T>(c, d));
                L.Store(sums + i, TOp.Apply<V, L, T>(L.Load(sums + i), chosen));
            }
        }

        for (; rowCount > 0; rows++, rowCount--)
        {
            T* row = rows[0];
            for (nint column = 0; column < width; column += L.Count)
            {
                nint i = Math.Min(column, last);
                L.Store(sums + i, TOp.Apply<V, L, T>(L.Load(sums + i), L.Load(row + i)));
            }
        }
    }

    private static T FindSeed()
    {
        bool largest = TOp.Apply(T.Zero, T.One) == T.One;
        if (HasNaN)
            return T.CreateTruncating(largest ? double.NegativeInfinity : double.PositiveInfinity);
        return largest ? T.MinValue : T.MaxValue;
    }

    /// <summary>One instruction where vectors are chosen from.</summary>
    private readonly struct Native : INumberBinary
    {
        public static TNumber Apply<TNumber>(TNumber a, TNumber b) where TNumber : unmanaged, INumber<TNumber> => TOp.Apply(a, b);

        public static V Apply<V, L, TNumber>(V a, V b) where V : struct where L : struct, ISimd<V, TNumber> where TNumber : unmanaged, INumber<TNumber> =>
            TOp.Native<V, L, TNumber>(a, b);
    }
}
