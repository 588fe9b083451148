using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Sums. Floats are added in balanced trees, of four vectors or eight rows, whose results are added in binary64. For float32 the error therefore does
/// not grow with the number of elements; for float64 it does as in any blocked sum, with the number of blocks. Integers wrap, in any order.
/// </summary>
internal readonly unsafe struct SumReduction<T, TSum> : IReduction<T, TSum>
    where T : unmanaged, INumber<T>
    where TSum : unmanaged, INumber<TSum>
{
    public static TSum Seed => TSum.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TSum Combine(TSum a, TSum b) => unchecked(a + b);

    public static T Finish(TSum sum, double divisor) => T.CreateTruncating(sum);

    public static bool FinishRow(T* y, TSum* sums, nint count, double divisor) => FinishedRow.Write(y, sums, count);

    public static TSum Block(T* x, nint count)
    {
        var block = new BlockBody { X = x, Count = count };
        return WidestVector.Run<BlockBody, T>(ref block) ? block.Sum : Tail(TSum.Zero, x, count);
    }

    private struct BlockBody : IVectorBody<T>
    {
        public T* X;
        public nint Count;
        public TSum Sum;

        public void Run<V, L>() where V : struct where L : struct, ISimd<V, T> => Sum = Block<V, L>(X, Count);
    }

    public static void Rows(TSum* sums, T** rows, int rowCount, nint width)
    {
        nint done = 0;
        if (WideVectors.Have512) done = Rows<Vector512<T>, Simd512<T>>(sums, rows, rowCount, done, width);
        if (Vector256.IsHardwareAccelerated) done = Rows<Vector256<T>, Simd256<T>>(sums, rows, rowCount, done, width);
        if (Vector128.IsHardwareAccelerated) done = Rows<Vector128<T>, Simd128<T>>(sums, rows, rowCount, done, width);
        for (; done < width; done++)
            sums[done] = unchecked(sums[done] + Column(rows, rowCount, done));
    }

    /// <summary>Four vectors in a tree at a time: few loads a round, since the hardware foresees those of a short loop best.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TSum Block<V, L>(T* x, nint count) where V : struct where L : struct, ISimd<V, T>
    {
        V low = default, high = default; // of float32 in binary64; of other types the first alone
        for (; count >= 4 * L.Count; x += 4 * L.Count, count -= 4 * L.Count)
            Accumulate<V, L>(ref low, ref high, Four<V, L>(x, x + L.Count, x + (2 * L.Count), x + (3 * L.Count), 0));
        V rest = default;
        for (; count >= L.Count; x += L.Count, count -= L.Count)
            rest = L.Add(rest, L.Load(x));
        Accumulate<V, L>(ref low, ref high, rest);
        var sum = typeof(T) == typeof(float) ? TSum.CreateTruncating(L.SumDouble(L.AddDouble(low, high))) : TSum.CreateTruncating(L.Sum(low));
        return count == 0 ? sum : Tail(sum, x, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Accumulate<V, L>(ref V low, ref V high, V value) where V : struct where L : struct, ISimd<V, T>
    {
        if (typeof(T) == typeof(float))
            (low, high) = (L.AddDouble(low, L.WidenLower(value)), L.AddDouble(high, L.WidenUpper(value)));
        else
            low = L.Add(low, value);
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

    /// <summary>One column, in four chains.</summary>
    private static TSum Column(T** rows, int rowCount, nint column)
    {
        TSum s0 = TSum.Zero, s1 = TSum.Zero, s2 = TSum.Zero, s3 = TSum.Zero;
        int r = 0;
        for (; r + 4 <= rowCount; r += 4)
        {
            s0 = unchecked(s0 + TSum.CreateTruncating(rows[r][column]));
            s1 = unchecked(s1 + TSum.CreateTruncating(rows[r + 1][column]));
            s2 = unchecked(s2 + TSum.CreateTruncating(rows[r + 2][column]));
            s3 = unchecked(s3 + TSum.CreateTruncating(rows[r + 3][column]));
        }

        for (; r < rowCount; r++)
            s0 = unchecked(s0 + TSum.CreateTruncating(rows[r][column]));
        return unchecked(s0 + s1 + (s2 + s3));
    }

    /// <summary>
    /// Whole vectors of columns; returns where they end. Along eight rows at a time, two vectors of each: sums in registers down more rows took up
    /// to half as long again, since the hardware foresees loads within a page; one vector of each took a twentieth longer.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Rows<V, L>(TSum* sums, T** rows, int rowCount, nint from, nint width) where V : struct where L : struct, ISimd<V, T>
    {
        if (width - from < L.Count)
            return from;
        nint end = width - ((width - from) % L.Count);
        for (; rowCount >= 8; rows += 8, rowCount -= 8)
        {
            T* a = rows[0], b = rows[1], c = rows[2], d = rows[3], e = rows[4], f = rows[5], g = rows[6], h = rows[7];
            nint i = from;
            for (; i + (2 * L.Count) <= end; i += 2 * L.Count)
            {
                V ab0 = L.Load(a + i), ab1 = L.Load(a + i + L.Count);
                (ab0, ab1) = (L.Add(ab0, L.Load(b + i)), L.Add(ab1, L.Load(b + i + L.Count)));
                V cd0 = L.Load(c + i), cd1 = L.Load(c + i + L.Count);
                (cd0, cd1) = (L.Add(cd0, L.Load(d + i)), L.Add(cd1, L.Load(d + i + L.Count)));
                V ef0 = L.Load(e + i), ef1 = L.Load(e + i + L.Count);
                (ef0, ef1) = (L.Add(ef0, L.Load(f + i)), L.Add(ef1, L.Load(f + i + L.Count)));
                V gh0 = L.Load(g + i), gh1 = L.Load(g + i + L.Count);
                (gh0, gh1) = (L.Add(gh0, L.Load(h + i)), L.Add(gh1, L.Load(h + i + L.Count)));
                AddTo<V, L>(sums + i, L.Add(L.Add(ab0, cd0), L.Add(ef0, gh0)));
                AddTo<V, L>(sums + i + L.Count, L.Add(L.Add(ab1, cd1), L.Add(ef1, gh1)));
            }

            if (i < end)
                AddTo<V, L>(sums + i, L.Add(Four<V, L>(a, b, c, d, i), Four<V, L>(e, f, g, h, i)));
        }

        if (typeof(T) == typeof(TSum)) // of float32 a pair would be rounded, and three elements not summed to the nearest number any more
            for (; rowCount >= 2; rows += 2, rowCount -= 2)
                for (nint i = from; i < end; i += L.Count)
                    AddTo<V, L>(sums + i, L.Add(L.Load(rows[0] + i), L.Load(rows[1] + i)));
        for (; rowCount > 0; rows++, rowCount--)
            for (nint i = from; i < end; i += L.Count)
                AddTo<V, L>(sums + i, L.Load(rows[0] + i));
        return end;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Four<V, L>(T* a, T* b, T* c, T* d, nint i) where V : struct where L : struct, ISimd<V, T> =>
        L.Add(L.Add(L.Load(a + i), L.Load(b + i)), L.Add(L.Load(c + i), L.Load(d + i)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo<V, L>(TSum* sums, V value) where V : struct where L : struct, ISimd<V, T>
    {
        if (typeof(T) == typeof(float))
        {
            T* halves = (T*)sums;
            L.Store(halves, L.AddDouble(L.Load(halves), L.WidenLower(value)));
            L.Store(halves + L.Count, L.AddDouble(L.Load(halves + L.Count), L.WidenUpper(value)));
        }
        else if (typeof(T) == typeof(TSum))
        {
            L.Store((T*)sums, L.Add(L.Load((T*)sums), value));
        }
        else
        {
            AddEach<V, L>(sums, value);
        }
    }

    [SkipLocalsInit]
    private static void AddEach<V, L>(TSum* sums, V value) where V : struct where L : struct, ISimd<V, T>
    {
        T* lanes = stackalloc T[L.Count];
        L.Store(lanes, value);
        for (int k = 0; k < L.Count; k++)
            sums[k] = unchecked(sums[k] + TSum.CreateTruncating(lanes[k]));
    }
}
