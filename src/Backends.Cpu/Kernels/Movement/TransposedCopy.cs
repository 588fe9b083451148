using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Copies between layouts that are contiguous along different dimensions, in tiles of these two, so that each cache line that is read serves
/// all its elements before it is lost.
/// </summary>
internal static unsafe class TransposedCopy
{
    /// <summary>A tile that is written where it goes: what it reads and writes together fill two thirds of a first-level cache.</summary>
    private const int TileBytes = 16 << 10;

    /// <summary>Bytes of a row that such a tile writes.</summary>
    private const int RowBytes = 256;

    /// <summary>A tile that is put together in a buffer first.</summary>
    private const int StagedTileBytes = 32 << 10;

    /// <summary>Bytes of a row that is written from the buffer: where rows compete for the same sets of a cache, half as many take four times as long.</summary>
    private const int StagedRowBytes = 512;

    /// <summary>A row in the buffer ends with an empty line, so that rows do not compete there.</summary>
    private const int Gap = 64;

    /// <summary>Rows that lie a multiple of this apart compete for the same sets of the caches.</summary>
    private const int Period = 512;

    /// <summary>What is read and written together from which that is felt: it is more than a second-level cache holds beside other things.</summary>
    private const int LargeBytes = 1 << 20;

    private const int Line = 64;

    /// <param name="pool">The threads.</param>
    /// <param name="nest">The dimensions, with operands 0 and 1: result and source.</param>
    /// <param name="yUnit">The dimension along which the result is contiguous.</param>
    /// <param name="xUnit">The dimension along which the source is.</param>
    /// <param name="y">Where the result starts.</param>
    /// <param name="x">Where the source starts.</param>
    public static void Run<T>(WorkerPool pool, LoopNest* nest, int yUnit, int xUnit, byte* y, byte* x) where T : unmanaged
    {
        long rows = nest->Sizes[yUnit], columns = nest->Sizes[xUnit];
        var tiles = new TransposedTiles<T> { Nest = nest, YUnit = yUnit, XUnit = xUnit, Y = y, X = x };
        if (rows * sizeof(T) >= Line && columns * sizeof(T) >= Line)
        {
            // Past the caches from fewer bytes than other results: rows of a tile are too short for the hardware to fetch the next ones ahead.
            long bytes = 2 * sizeof(T) * nest->Count;
            bool competes = nest->Stride(1, yUnit) % Period == 0 || nest->Stride(0, xUnit) % Period == 0;
            tiles.Streams = bytes > CpuCaches.LastLevelBytes * 3 / 4;
            tiles.Staged = tiles.Streams || sizeof(T) < 4 || (competes && bytes >= LargeBytes);
        }

        int tile = (tiles.Staged ? StagedTileBytes : TileBytes) / sizeof(T);
        tiles.Height = Math.Min(rows, (tiles.Staged ? StagedRowBytes : RowBytes) / sizeof(T));
        tiles.Width = Math.Min(columns, tile / tiles.Height);
        if (tiles.Width == columns)
            tiles.Height = Math.Min(rows, Math.Max(tiles.Height, tile / columns));
        Chunks.Run(pool, tiles.Count, Math.Max(1024, tiles.Height * tiles.Width * 2), ref tiles);
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
        public bool Staged;
        public bool Streams;

        public readonly long Count => Down * Right * (Nest->Count / Nest->Sizes[YUnit] / Nest->Sizes[XUnit]);

        private readonly long Down => (Nest->Sizes[YUnit] + Height - 1) / Height;

        private readonly long Right => (Nest->Sizes[XUnit] + Width - 1) / Width;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            if (Staged)
            {
                RunStaged(start, count);
                return;
            }

            nint from = (nint)Nest->Stride(1, YUnit), to = (nint)Nest->Stride(0, XUnit);
            for (long unit = start; unit < start + count; unit++)
            {
                var tile = At(unit);
                Transposes.Run<T>(tile.X, from, tile.Y, to, tile.Rows, tile.Columns);
            }
        }

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunStaged(long start, long count)
        {
            nint from = (nint)Nest->Stride(1, YUnit), to = (nint)Nest->Stride(0, XUnit);
            nint pitch = ((((nint)Height * sizeof(T)) + Line - 1) & -Line) + Gap;
            byte* memory = stackalloc byte[((int)pitch * (int)Width) + Line];
            byte* stage = memory + (-(nint)memory & (Line - 1));
            for (long unit = start; unit < start + count; unit++)
            {
                var tile = At(unit);
                Transposes.Run<T>(tile.X, from, stage, pitch, tile.Rows, tile.Columns, Transposes.Strip<T>());
                nint bytes = tile.Rows * sizeof(T);
                if (!Streams)
                    RowCopies.Run(tile.Y, to, stage, pitch, bytes, tile.Columns);
                else
                    for (nint c = 0; c < tile.Columns; c++)
                        StreamedStores.Copy(stage + (c * pitch), tile.Y + (c * to), bytes);
            }

            if (Streams)
                StreamedStores.Finish();
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
    }

    private struct Tile
    {
        public byte* Y;
        public byte* X;
        public nint Rows;
        public nint Columns;
    }
}
