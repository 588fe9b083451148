using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Searches some outputs: dense rows by finding the value, then its place; columns side by side; others an element at a time.</summary>
internal unsafe struct ArgReduceBody<T, TChoice, TBetter> : IParallelBody
    where T : unmanaged, INumber<T>
    where TChoice : struct, IReduction<T, T>
    where TBetter : struct, IComparison
{
    public const int Tile = 256;

    public ReduceNest* Nest;
    public byte* X;
    public long* Y;
    public long PerPart;
    public bool Columns;

    public readonly void Run(int part)
    {
        if (Columns)
        {
            long inner = Nest->KeptSizes[0], tiles = (inner + PerPart - 1) / PerPart, column = part % tiles * PerPart;
            RunColumns((part / tiles * inner) + column, (int)Math.Min(PerPart, inner - column));
            return;
        }

        long first = part * PerPart, end = Math.Min(first + PerPart, Nest->Outputs);
        nint stride = Nest->Rank == 0 ? 0 : (nint)Nest->Strides[0];
        for (long output = first; output < end; output++)
        {
            byte* x = X + Nest->OutputOffset(output);
            Y[output] = stride == sizeof(T) ? Dense((T*)x, (nint)Nest->Count) : Strided(x, stride);
        }
    }

    private static long Dense(T* x, nint count)
    {
        T best = TChoice.Block(x, count);
        if (Vector512.IsHardwareAccelerated) return Find<Vector512<T>, Simd512<T>>(x, count, best);
        if (Vector256.IsHardwareAccelerated) return Find<Vector256<T>, Simd256<T>>(x, count, best);
        if (Vector128.IsHardwareAccelerated) return Find<Vector128<T>, Simd128<T>>(x, count, best);
        return Find(x, 0, best);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Find<V, L>(T* x, nint count, T best) where V : struct where L : struct, ISimd<V, T>
    {
        var value = L.Create(best);
        bool nan = T.IsNaN(best);
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            var lanes = L.Load(x + i);
            ulong bits = L.Bits(nan ? L.Not(L.Equal(lanes, lanes)) : L.Equal(lanes, value));
            if (bits != 0)
                return i + BitOperations.TrailingZeroCount(bits);
        }

        return Find(x, i, best);
    }

    private static long Find(T* x, nint from, T best)
    {
        while (!(x[from] == best || (T.IsNaN(best) && T.IsNaN(x[from]))))
            from++;
        return from;
    }

    private readonly long Strided(byte* x, nint stride)
    {
        T best = *(T*)x;
        long index = 0;
        for (long i = 1; i < Nest->Count && !T.IsNaN(best); i++)
        {
            x += stride;
            T value = *(T*)x;
            if (TBetter.Apply(value, best) || T.IsNaN(value))
                (best, index) = (value, i);
        }

        return index;
    }

    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void RunColumns(long output, int width)
    {
        T* best = stackalloc T[Tile];
        long* y = Y + output;
        byte* x = X + Nest->OutputOffset(output);
        nint stride = Nest->Rank == 0 ? 0 : (nint)Nest->Strides[0];
        new ReadOnlySpan<T>(x, width).CopyTo(new Span<T>(best, width));
        T** row = stackalloc T*[1];
        for (long i = 1; i < Nest->Count; i++)
        {
            row[0] = (T*)(x + (i * stride));
            TChoice.Rows(best, row, 1, width);
        }

        // Where each value stands first: rows from the last, so that the first one wins; NaN is found by not being itself.
        new Span<long>(y, width).Clear();
        for (long i = Nest->Count - 1; i >= 0; i--)
        {
            if (Vector512.IsHardwareAccelerated) Mark<Vector512<T>, Simd512<T>>((T*)(x + (i * stride)), best, y, i, width);
            else if (Vector256.IsHardwareAccelerated) Mark<Vector256<T>, Simd256<T>>((T*)(x + (i * stride)), best, y, i, width);
            else if (Vector128.IsHardwareAccelerated) Mark<Vector128<T>, Simd128<T>>((T*)(x + (i * stride)), best, y, i, width);
            else Mark((T*)(x + (i * stride)), best, y, i, 0, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Mark<V, L>(T* row, T* best, long* y, long index, int width) where V : struct where L : struct, ISimd<V, T>
    {
        int j = 0;
        for (; j + L.Count <= width; j += L.Count)
        {
            V x = L.Load(row + j), b = L.Load(best + j);
            var nans = L.Not(L.Or(L.Equal(x, x), L.Equal(b, b)));
            for (ulong bits = L.Bits(L.Or(L.Equal(x, b), nans)); bits != 0; bits &= bits - 1)
                y[j + BitOperations.TrailingZeroCount(bits)] = index;
        }

        Mark(row, best, y, index, j, width);
    }

    private static void Mark(T* row, T* best, long* y, long index, int from, int width)
    {
        for (int j = from; j < width; j++)
            if (row[j] == best[j] || (T.IsNaN(row[j]) && T.IsNaN(best[j])))
                y[j] = index;
    }
}
