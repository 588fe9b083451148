using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The loops around the register tile: blocks that fit the caches, panels packed where reading in place would be slow.</summary>
/// <remarks>
/// They call tiles, and are left to tiered compilation: <c>AggressiveOptimization</c> gained nothing there, and a first product waited
/// two milliseconds for it.
/// </remarks>
internal static unsafe class GemmDriver<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Rows of two vectors each that keep both multipliers busy, with some to spare; and how many more tiles cost next to nothing.</summary>
    private const int LeastRows = 8;
    private const int MoreTiles = 2;

    /// <summary>Tiles that pass through scratch together: their rows fill vectors, and a few kilobytes of the first-level cache.</summary>
    private const int TurnedTiles = 4;

    /// <summary>Columns of a register tile.</summary>
    public static int PanelColumns => 2 * TLanes.Count;

    /// <summary>Computes one rectangle of C on the calling thread.</summary>
    public static void Run(in GemmArgs<T> args, in GemmPlan plan, GemmBlock block)
    {
        var scratch = GemmScratch.Current;
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += plan.ColumnBlock)
        {
            var columns = Math.Min(plan.ColumnBlock, block.ColumnEnd - column);
            for (var depth = 0; depth == 0 || depth < args.K; depth += plan.DepthBlock)   // without depth, C = Start
            {
                var steps = Math.Min(plan.DepthBlock, args.K - depth);
                var panels = new Panels(args, plan, scratch, new(block.RowStart, block.RowEnd, column, column + columns), depth, steps);
                for (var row = block.RowStart; row < block.RowEnd; row += plan.RowBlock)
                    panels.Run(args, row, Math.Min(plan.RowBlock, block.RowEnd - row));
            }
        }
    }

    /// <summary>
    /// Tiles of nearly equal height: a last one of one or two rows would wait for its additions. The first are a row taller. Wide ones
    /// are of one height where a few more of them allow it: each height is a kernel to compile.
    /// </summary>
    public static (int Count, int Shorter, int Taller) Tiles(int rows, bool wide)
    {
        var count = (int)((uint)(rows + TLanes.MaxRows - 1) / (uint)TLanes.MaxRows);
        var most = wide ? Math.Min(count + MoreTiles, rows / LeastRows) : count;
        for (var more = count; more <= most; more++)
            if (rows % more == 0) return (more, rows / more, 0);
        var (height, taller) = Math.DivRem((uint)rows, (uint)count);
        return (count, (int)height, (int)taller);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void RunTiles<TColumns>(int rows, T* a, T* b, T* c, T* start, in TileArgs<TVector> tile, int tiles) where TColumns : struct
    {
        if (start is null) RunTiles<TColumns, FromZero>(rows, a, b, c, start, tile, tiles);
        else RunTiles<TColumns, FromStart>(rows, a, b, c, start, tile, tiles);
    }

    private static void RunTiles<TColumns, TStart>(int rows, T* a, T* b, T* c, T* start, in TileArgs<TVector> tile, int tiles)
        where TColumns : struct
        where TStart : struct
    {
        if (tile.AColumnStride == 1) RunTiles<TColumns, TStart, AlongK>(rows, a, b, c, start, tile, tiles);
        else RunTiles<TColumns, TStart, AcrossK>(rows, a, b, c, start, tile, tiles);
    }

    private static void RunTiles<TColumns, TStart, TOrder>(int rows, T* a, T* b, T* c, T* start, in TileArgs<TVector> tile, int tiles)
        where TColumns : struct
        where TStart : struct
        where TOrder : struct
    {
        switch (rows)
        {
            case 1: MicroKernel<TLanes, TVector, T>.Run<Rows1, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 2: MicroKernel<TLanes, TVector, T>.Run<Rows2, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 3: MicroKernel<TLanes, TVector, T>.Run<Rows3, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 4: MicroKernel<TLanes, TVector, T>.Run<Rows4, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 5 when TLanes.MaxRows >= 5: MicroKernel<TLanes, TVector, T>.Run<Rows5, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 6 when TLanes.MaxRows >= 6: MicroKernel<TLanes, TVector, T>.Run<Rows6, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 7 when TLanes.MaxRows >= 7: MicroKernel<TLanes, TVector, T>.Run<Rows7, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 8 when TLanes.MaxRows >= 8: MicroKernel<TLanes, TVector, T>.Run<Rows8, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 9 when TLanes.MaxRows >= 9: MicroKernel<TLanes, TVector, T>.Run<Rows9, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 10 when TLanes.MaxRows >= 10: MicroKernel<TLanes, TVector, T>.Run<Rows10, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 11 when TLanes.MaxRows >= 11: MicroKernel<TLanes, TVector, T>.Run<Rows11, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            case 12 when TLanes.MaxRows >= 12: MicroKernel<TLanes, TVector, T>.Run<Rows12, TColumns, TStart, TOrder>(a, b, c, start, tile, tiles); break;
            default: NoKernel.Throw(rows); break;
        }
    }

    /// <summary>The column panels of one block of B, against one block of rows after another.</summary>
    private ref struct Panels
    {
        private readonly GemmScratch _scratch;
        private readonly GemmBlock _block;
        private readonly int _depth;
        private readonly int _steps;
        private readonly bool _packA;
        private readonly bool _packB;
        private readonly bool _keepB;      // packed panels serve several blocks of rows
        private readonly bool _viaScratch;
        private readonly T* _packedB;

        private readonly bool IsWide => _block.ColumnEnd - _block.ColumnStart >= PanelColumns;

        public Panels(in GemmArgs<T> args, in GemmPlan plan, GemmScratch scratch, GemmBlock block, int depth, int steps)
        {
            _scratch = scratch;
            _block = block;
            _depth = depth;
            _steps = steps;
            _packA = plan.PackA;
            _packB = plan.PackB;
            _keepB = plan.PackB && block.RowEnd - block.RowStart > plan.RowBlock;
            var columns = _keepB ? block.ColumnEnd - block.ColumnStart : PanelColumns;
            _packedB = scratch.B<T>((nint)(columns + PanelColumns - 1) / PanelColumns * PanelColumns * steps);
            _viaScratch = args.C.ColumnStride != 1 || (args.Start.Pointer is not null && args.Start.ColumnStride != 1);
        }

        public readonly void Run(in GemmArgs<T> args, int row, int rows)
        {
            var start = _depth > 0 ? args.C : args.Start;
            var packedBefore = _keepB && row > _block.RowStart;
            var strip = new Strip
            {
                A = _packA ? TilePacking<TLanes, TVector, T>.A(_scratch, args.A, row, rows, _depth, _steps, IsWide) : args.A.At(row, _depth),
                PackedA = _packA,
                Rows = rows,
                IsWide = IsWide,
                Scratch = _viaScratch ? _scratch.Tile<T>(TurnedTiles * TLanes.MaxRows * PanelColumns) : null,
                CColumnStride = args.C.ColumnStride,
                StartColumnStride = start.ColumnStride,
            };
            var tile = new TileArgs<TVector>
            {
                K = _steps,
                ARowStride = args.A.RowStride,
                AColumnStride = args.A.ColumnStride,
                CRowStride = args.C.RowStride,
                StartRowStride = start.RowStride,
                AheadStep = packedBefore ? PanelColumns * sizeof(T) / Tiles(rows, IsWide).Count : 0,   // the next panel
            };
            for (var column = _block.ColumnStart; column < _block.ColumnEnd; column += PanelColumns)
            {
                strip.Columns = Math.Min(PanelColumns, _block.ColumnEnd - column);
                strip.C = args.C.At(row, column);
                strip.Start = start.Pointer is null ? null : start.At(row, column);
                var ragged = strip.Columns % TLanes.Count;
                if (strip.Columns < PanelColumns) tile.Mask = Mask(ragged == 0 ? TLanes.Count : ragged);
                if (_packB || (ragged != 0 && !TLanes.HasMaskedLoad))
                {
                    strip.B = _keepB ? _packedB + (nint)(column - _block.ColumnStart) * _steps : _packedB;
                    tile.BRowStride = PanelColumns;
                    if (!packedBefore) TilePacking<TLanes, TVector, T>.B(_scratch, args.B, column, strip.Columns, _depth, _steps, strip.B);
                }
                else
                {
                    strip.B = args.B.At(_depth, column);
                    tile.BRowStride = args.B.RowStride;
                }

                tile.Ahead = (byte*)(packedBefore ? strip.B + (nint)PanelColumns * _steps : strip.C);
                if (strip.Columns == PanelColumns) strip.Run<FullColumns>(ref tile);
                else if (strip.Columns > TLanes.Count) strip.Run<WideRaggedColumns>(ref tile);
                else strip.Run<NarrowRaggedColumns>(ref tile);
                if (_depth + _steps == args.K) args.Finish(new(row, row + rows, column, column + strip.Columns));
            }
        }

        // What a small product of whole panels does not call is not compiled into its loop.
        [MethodImpl(MethodImplOptions.NoInlining)]
        private static TVector Mask(int lanes) => TLanes.Mask(lanes);
    }

    /// <summary>A panel of B against a block of rows of A.</summary>
    private struct Strip
    {
        public T* A;
        public T* B;
        public T* C;
        public T* Start;
        public T* Scratch;   // tiles of C, where its rows or those of Start are not contiguous
        public nint CColumnStride;
        public nint StartColumnStride;
        public int Rows;
        public int Columns;
        public bool IsWide;
        public bool PackedA;

        public readonly void Run<TColumns>(ref TileArgs<TVector> tile) where TColumns : struct
        {
            var (tiles, shorter, taller) = Tiles(Rows, IsWide);
            if (taller > 0) Run<TColumns>(ref tile, 0, shorter + 1, taller);
            Run<TColumns>(ref tile, taller * (shorter + 1), shorter, tiles - taller);
        }

        /// <summary>Tiles of one height, from a row on.</summary>
        private readonly void Run<TColumns>(ref TileArgs<TVector> tile, int row, int height, int tiles) where TColumns : struct
        {
            if (PackedA) (tile.ARowStride, tile.AColumnStride) = (1, height);
            tile.ATileStep = height * (PackedA ? tile.K : tile.ARowStride);
            var a = A + row * (PackedA ? tile.K : tile.ARowStride);
            var c = C + row * tile.CRowStride;
            var start = Start is null ? null : Start + row * tile.StartRowStride;
            if (Scratch is null) RunTiles<TColumns>(height, a, B, c, start, tile, tiles);
            else RunViaScratch<TColumns>(height, a, c, start, tile, tiles);
            tile.Ahead += tile.AheadStep * tile.K * tiles;
        }

        /// <summary>
        /// Tiles of a mirrored product, whose columns are contiguous in C: computed in scratch, transposed on the way out. What the sums start from
        /// is transposed on the way in, but for a bias, of one element for a row.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private readonly void RunViaScratch<TColumns>(int height, T* a, T* c, T* start, TileArgs<TVector> tile, int tiles) where TColumns : struct
        {
            var (rowStride, startRowStride) = (tile.CRowStride, tile.StartRowStride);
            var turns = CColumnStride != 1;
            Debug.Assert(!turns || rowStride == 1, "A tile is turned into contiguous columns.");
            if (turns) tile.CRowStride = PanelColumns;
            tile.StartSpreads = StartColumnStride == 0;
            var gathers = start is not null && !tile.StartSpreads;
            if (gathers) tile.StartRowStride = PanelColumns;
            for (int now; tiles > 0; tiles -= now)
            {
                now = Math.Min(tiles, TurnedTiles);
                var rows = now * height;
                if (gathers) Packing<T>.Interleave(start, StartColumnStride, Columns, startRowStride, rows, Scratch, PanelColumns);
                RunTiles<TColumns>(height, a, B, turns ? Scratch : c, gathers ? Scratch : start, tile, now);
                if (turns) Packing<T>.Interleave(Scratch, PanelColumns, rows, 1, Columns, c, CColumnStride);
                a += now * tile.ATileStep;
                c += rows * rowStride;
                if (start is not null) start += rows * startRowStride;   // what is not there may have strides, too
                tile.Ahead += tile.AheadStep * tile.K * now;
            }
        }
    }
}
