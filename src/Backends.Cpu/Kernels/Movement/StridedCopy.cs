using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>
/// Copies between layouts that are contiguous somewhere: both along the innermost dimension, in rows; or along different ones, as of a
/// transposed matrix, in tiles, so that each cache line that is read serves all its elements before it is lost.
/// </summary>
internal static unsafe class StridedCopy
{
    /// <summary>A tile: what it reads and writes together fill two thirds of a first-level cache.</summary>
    private const int TileBytes = 16 << 10;

    /// <summary>Bytes of a row of a tile: whole cache lines.</summary>
    private const int TileRow = 256;

    /// <summary>Copies if the layouts are of one of these kinds; otherwise does nothing and returns false.</summary>
    public static bool Try<T>(WorkerPool pool, in Operand y, in Operand x) where T : unmanaged
    {
        LoopNest nest = default;
        nest.Begin(y.Shape!);
        nest.Set(0, y.Shape, y.Strides, sizeof(T));
        nest.Set(1, x.Shape, x.Strides, sizeof(T));
        nest.Coalesce(2);
        if (nest.Rank < 2)
            return false;
        int yUnit = Unit<T>(nest, 0), xUnit = Unit<T>(nest, 1);
        if (yUnit < 0 || xUnit < 0 || (yUnit == xUnit && yUnit != 0))
            return false;
        if (yUnit == xUnit)
        {
            var rows = new Rows { Nest = &nest, Y = y.Pointer, X = x.Pointer, Bytes = (nint)nest.Inner * sizeof(T) };
            Chunks.Run(pool, nest.Count / nest.Inner, Math.Max(4, nest.Inner), ref rows);
            return true;
        }

        long height = Math.Min(nest.Sizes[yUnit], Math.Clamp(TileRow / sizeof(T), 1, 128)), width = Math.Min(nest.Sizes[xUnit], TileBytes / sizeof(T) / height);
        var tiles = new TransposedTiles<T> { Nest = &nest, YUnit = yUnit, XUnit = xUnit, Y = y.Pointer, X = x.Pointer, Height = height, Width = width };
        Chunks.Run(pool, tiles.Count, Math.Max(1024, height * width * 2), ref tiles);
        return true;
    }

    /// <summary>The dimension along which an operand is contiguous, or -1.</summary>
    private static int Unit<T>(in LoopNest nest, int operand) where T : unmanaged
    {
        for (int d = 0; d < nest.Rank; d++)
            if (nest.Stride(operand, d) == sizeof(T))
                return d;
        return -1;
    }

    /// <summary>Rows that are contiguous on both sides; a unit is a row.</summary>
    private struct Rows : IChunkWork
    {
        public LoopNest* Nest;
        public byte* Y;
        public byte* X;
        public nint Bytes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            long across = Nest->Sizes[1];
            var (line, first) = Math.DivRem(start, across);
            while (count > 0)
            {
                long n = Math.Min(count, across - first), rest = line++;
                byte* y = Y + (first * Nest->Stride(0, 1)), x = X + (first * Nest->Stride(1, 1));
                for (int d = 2; d < Nest->Rank; d++)
                {
                    (rest, long index) = Math.DivRem(rest, Nest->Sizes[d]);
                    y += index * Nest->Stride(0, d);
                    x += index * Nest->Stride(1, d);
                }

                RowCopies.Run(y, (nint)Nest->Stride(0, 1), x, (nint)Nest->Stride(1, 1), Bytes, (nint)n);
                (count, first) = (count - n, 0);
            }
        }
    }

    /// <summary>A unit is a tile of the two contiguous dimensions at one index of the others.</summary>
    private struct TransposedTiles<T> : IChunkWork where T : unmanaged
    {
        public LoopNest* Nest;
        public int YUnit;
        public int XUnit;
        public byte* Y;
        public byte* X;
        public long Height;
        public long Width;

        public readonly long Count => Down * Right * (Nest->Count / Nest->Sizes[YUnit] / Nest->Sizes[XUnit]);

        private readonly long Down => (Nest->Sizes[YUnit] + Height - 1) / Height;

        private readonly long Right => (Nest->Sizes[XUnit] + Width - 1) / Width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            nint from = (nint)Nest->Stride(1, YUnit), to = (nint)Nest->Stride(0, XUnit);
            var tile = At(start);
            for (long unit = start + 1; unit <= start + count; unit++)
            {
                var next = tile;
                if (unit < start + count)
                {
                    next = At(unit);
                    if (Prefetches)
                    {
                        Prefetch(next.X, from, next.Rows, next.Columns * sizeof(T));
                        Prefetch(next.Y, to, next.Columns, next.Rows * sizeof(T));
                    }
                }

                Transposes.Run<T>(tile.X, from, tile.Y, to, tile.Rows, tile.Columns);
                tile = next;
            }
        }

        private readonly Tile At(long unit)
        {
            byte* y = Y, x = X;
            var (rest, right) = Math.DivRem(unit, Right);
            (rest, long down) = Math.DivRem(rest, Down);
            for (int d = 0; d < Nest->Rank; d++)
            {
                if (d == XUnit || d == YUnit)
                    continue;
                (rest, long index) = Math.DivRem(rest, Nest->Sizes[d]);
                y += index * Nest->Stride(0, d);
                x += index * Nest->Stride(1, d);
            }

            long row = down * Height, column = right * Width;
            return new()
            {
                Y = y + (column * Nest->Stride(0, XUnit)) + (row * sizeof(T)),
                X = x + (row * Nest->Stride(1, YUnit)) + (column * sizeof(T)),
                Rows = (nint)Math.Min(Height, Nest->Sizes[YUnit] - row),
                Columns = (nint)Math.Min(Width, Nest->Sizes[XUnit] - column),
            };
        }

        /// <summary>Within the caches it takes longer than it saves.</summary>
        private readonly bool Prefetches => Sse.IsSupported && 2 * sizeof(T) * Nest->Count > 3 * CpuCaches.LastLevelBytes / 2;

        /// <summary>Lines of the next tile: short runs far apart, which the hardware does not foresee.</summary>
        private static void Prefetch(byte* at, nint step, nint rows, nint bytes)
        {
            for (nint r = 0; r < rows; r++, at += step)
                for (nint i = 0; i < bytes; i += 64)
                    Sse.Prefetch1(at + i);
        }
    }

    private struct Tile
    {
        public byte* Y;
        public byte* X;
        public nint Rows;
        public nint Columns;
    }
}
