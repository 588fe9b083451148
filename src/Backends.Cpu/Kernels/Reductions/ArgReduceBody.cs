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
        new Span<long>(y, width).Clear();
        for (long i = 1; i < Nest->Count; i++)
        {
            x += stride;
            var row = (T*)x;
            for (int j = 0; j < width; j++)
            {
                if (!(TBetter.Apply(row[j], best[j]) || T.IsNaN(row[j])) || T.IsNaN(best[j]))
                    continue;
                best[j] = row[j];
                y[j] = i;
            }
        }
    }
}
