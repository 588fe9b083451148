using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Searches columns side by side, in one pass over memory: some rows at a time give the best of each column, and where that is better than
/// before, its place is looked up while the rows are in the cache.
/// </summary>
internal static unsafe class ArgColumns<T, TChoice, TBetter>
    where T : unmanaged, INumber<T>
    where TChoice : struct, IReduction<T, T>
    where TBetter : struct, IComparison
{
    /// <summary>Rows that are in the cache when a place is looked up.</summary>
    private const int BlockRows = 32;

    /// <summary>Elements of so many rows.</summary>
    public const int Room = BlockRows * ArgReduceKernel.Tile;

    /// <param name="tiling">How outputs are cut into tiles: of at most <see cref="ArgReduceKernel.Tile"/> columns.</param>
    /// <param name="tile">The one that is searched.</param>
    /// <param name="x">The first element of the tensor.</param>
    /// <param name="stride">Bytes from row to row.</param>
    /// <param name="first">Index of the first row.</param>
    /// <param name="count">How many rows.</param>
    /// <param name="y">Receives an index for each column.</param>
    /// <param name="staged"><see cref="Room"/> elements where rows are brought together; null where they are read in place.</param>
    [SkipLocalsInit]
    public static void Run(in ReduceTiling tiling, in ReduceTiling.Tile tile, byte* x, nint stride, long first, long count, long* y, T* staged)
    {
        T* best = stackalloc T[ArgReduceKernel.Tile], block = stackalloc T[ArgReduceKernel.Tile];
        T** rows = stackalloc T*[BlockRows];
        int width = (int)tile.Width;
        for (long row = 0; row < count; row += BlockRows)
        {
            int n = (int)Math.Min(BlockRows, count - row);
            if (staged is null)
                Locate(rows, x + tile.Offset + ((first + row) * stride), stride, n);
            else
            {
                tiling.Load(tile, x, first + row, n, (byte*)staged, null);
                Locate(rows, (byte*)staged, width * sizeof(T), n);
            }

            new ReadOnlySpan<T>(rows[0], width).CopyTo(new Span<T>(block, width));
            TChoice.Rows(block, rows + 1, n - 1, width);
            Locate(rows, n, block, row == 0 ? null : best, y, first + row, width);
            if (row == 0)
                new ReadOnlySpan<T>(block, width).CopyTo(new Span<T>(best, width));
            rows[0] = block;
            TChoice.Rows(best, rows, 1, width);
        }
    }

    private static void Locate(T** rows, byte* first, nint stride, int count)
    {
        for (int r = 0; r < count; r++, first += stride)
            rows[r] = (T*)first;
    }

    /// <summary>Where each value of a block stands first, if it is better than the best so far: null means that it is.</summary>
    private static void Locate(T** rows, int rowCount, T* block, T* best, long* y, long first, int width)
    {
        int done = 0;
        if (WideVectors.Have512) done = Locate<Vector512<T>, Simd512<T>>(rows, rowCount, block, best, y, first, width);
        else if (Vector256.IsHardwareAccelerated) done = Locate<Vector256<T>, Simd256<T>>(rows, rowCount, block, best, y, first, width);
        else if (Vector128.IsHardwareAccelerated) done = Locate<Vector128<T>, Simd128<T>>(rows, rowCount, block, best, y, first, width);
        for (; done < width; done++)
        {
            T value = block[done];
            if (best is not null && !TBetter.Apply(value, best[done]) && !(T.IsNaN(value) && !T.IsNaN(best[done])))
                continue;
            int r = 0;
            while (!(rows[r][done] == value || (T.IsNaN(value) && T.IsNaN(rows[r][done]))))
                r++;
            y[done] = first + r;
        }
    }

    /// <summary>Whole vectors of columns; returns where they end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Locate<V, L>(T** rows, int rowCount, T* block, T* best, long* y, long first, int width) where V : struct where L : struct, ISimd<V, T>
    {
        int column = 0;
        ulong all = L.Bits(L.Equal(default, default));
        for (; column + L.Count <= width; column += L.Count)
        {
            V value = L.Load(block + column), isNumber = L.Equal(value, value);
            ulong open = all;
            if (best is not null)
            {
                var before = L.Load(best + column);
                // NaN is not better by comparison, but it is better than a number.
                open = L.Bits(TBetter.Apply<V, L, T>(value, before)) | (L.Bits(L.Equal(before, before)) & ~L.Bits(isNumber));
            }

            for (int r = 0; open != 0; r++)
            {
                var x = L.Load(rows[r] + column);
                ulong found = open & (L.Bits(L.Equal(x, value)) | (~L.Bits(L.Equal(x, x)) & ~L.Bits(isNumber)));
                open &= ~found;
                for (; found != 0; found &= found - 1)
                    y[column + BitOperations.TrailingZeroCount(found)] = first + r;
            }
        }

        return column;
    }
}
