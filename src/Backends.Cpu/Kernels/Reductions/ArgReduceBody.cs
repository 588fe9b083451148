using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Searches some outputs, or a segment of each: dense rows by finding the value, then its place; columns side by side; others an element at a time.
/// </summary>
internal unsafe struct ArgReduceBody<T, TChoice, TBetter> : IParallelBody
    where T : unmanaged, INumber<T>
    where TChoice : struct, IReduction<T, T>
    where TBetter : struct, IComparison
{
    /// <summary>Elements of a dense row that are in the cache when a place is looked up.</summary>
    private const int Piece = 1 << 14;

    public ReduceNest* Nest;
    public byte* X;

    /// <summary>Receives indices: of each segment, those of all outputs.</summary>
    public long* Y;

    /// <summary>Outputs, or tiles of columns.</summary>
    public long Units;
    public long UnitsPerPart;
    public bool ByRows;
    public ReduceTiling Tiling;
    public long Segments;
    public long SegmentLength;

    public readonly void Run(int part)
    {
        long segment = part % Segments, unit = part / Segments * UnitsPerPart, end = Math.Min(unit + UnitsPerPart, Units);
        long first = segment * SegmentLength, count = Math.Min(SegmentLength, Nest->Count - first);
        nint stride = Nest->Rank == 0 ? 0 : (nint)Nest->Strides[0];
        byte* x = X + (first * stride);
        long* y = Y + (segment * Nest->Outputs);
        if (!ByRows)
        {
            if (Tiling.InPlace)
                RunTiles(unit, end, stride, first, count, y, null);
            else
                RunStaged(unit, end, stride, first, count, y);
            return;
        }

        for (; unit < end; unit++)
        {
            byte* row = x + Nest->OutputOffset(unit);
            y[unit] = first + (stride == sizeof(T) ? Dense((T*)row, (nint)count) : Strided(row, stride, count));
        }
    }

    [SkipLocalsInit]
    private readonly void RunStaged(long unit, long end, nint stride, long first, long count, long* y)
    {
        T* staged = stackalloc T[ArgColumns<T, TChoice, TBetter>.Room];
        RunTiles(unit, end, stride, first, count, y, staged);
    }

    private readonly void RunTiles(long unit, long end, nint stride, long first, long count, long* y, T* staged)
    {
        for (; unit < end; unit++)
        {
            var tile = Tiling[unit];
            ArgColumns<T, TChoice, TBetter>.Run(Tiling, tile, X, stride, first, count, y + tile.Output, staged);
        }
    }

    private static long Dense(T* x, nint count)
    {
        nint piece = 0;
        T best = TChoice.Block(x, Math.Min(Piece, count));
        for (nint i = Piece; i < count && !T.IsNaN(best); i += Piece)
        {
            T value = TChoice.Block(x + i, Math.Min(Piece, count - i));
            if (TBetter.Apply(value, best) || T.IsNaN(value))
                (best, piece) = (value, i);
        }

        return piece + Find(x + piece, Math.Min(Piece, count - piece), best);
    }

    private static long Find(T* x, nint count, T best)
    {
        if (WideVectors.Have512) return Find<Vector512<T>, Simd512<T>>(x, count, best);
        if (Vector256.IsHardwareAccelerated) return Find<Vector256<T>, Simd256<T>>(x, count, best);
        if (Vector128.IsHardwareAccelerated) return Find<Vector128<T>, Simd128<T>>(x, count, best);
        return FindEach(x, 0, best);
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

        return FindEach(x, i, best);
    }

    private static long FindEach(T* x, nint from, T best)
    {
        while (!(x[from] == best || (T.IsNaN(best) && T.IsNaN(x[from]))))
            from++;
        return from;
    }

    private static long Strided(byte* x, nint stride, long count)
    {
        T best = *(T*)x;
        long index = 0;
        for (long i = 1; i < count && !T.IsNaN(best); i++)
        {
            x += stride;
            T value = *(T*)x;
            if (TBetter.Apply(value, best) || T.IsNaN(value))
                (best, index) = (value, i);
        }

        return index;
    }
}
