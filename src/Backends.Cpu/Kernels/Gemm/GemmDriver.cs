using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The loops around the register tile: blocks that fit the caches, panels packed where reading in place would be slow.</summary>
internal static unsafe class GemmDriver<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, INumberBase<T>
{
    /// <summary>Panels packed at once from plain B.</summary>
    private const int CopiedPanels = 8;

    /// <summary>Columns of a register tile.</summary>
    public static int PanelColumns => 2 * TLanes.Count;

    /// <summary>Computes one rectangle of C on the calling thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(in GemmArgs<T> args, in GemmPlan plan, GemmBlock block)
    {
        var scratch = GemmScratch.Current;
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += plan.ColumnBlock)
        {
            var columns = Math.Min(plan.ColumnBlock, block.ColumnEnd - column);
            for (var depth = 0; depth < args.K; depth += plan.DepthBlock)
            {
                var steps = Math.Min(plan.DepthBlock, args.K - depth);
                var packedB = plan.PackB ? PackB(args, scratch, column, columns, depth, steps) : null;
                for (var row = block.RowStart; row < block.RowEnd;)
                {
                    var rows = Math.Min(plan.RowBlock, block.RowEnd - row);
                    var packedA = plan.PackA ? PackA(args, scratch, row, rows, depth, steps) : null;
                    RunPanels(args, scratch, packedA, packedB, row, rows, column, columns, depth, steps);
                    row += rows;
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunPanels(
        in GemmArgs<T> args, GemmScratch scratch, T* packedA, T* packedB, int row, int rows, int column, int columns, int depth, int steps)
    {
        var tile = new TileArgs<TVector>
        {
            K = steps,
            ARowStride = args.ARowStride,
            AColumnStride = args.AColumnStride,
            CRowStride = args.CRowStride,
            Accumulate = args.Accumulate || depth > 0,
        };
        var strip = new Strip
        {
            A = packedA is not null ? packedA : args.A + row * args.ARowStride + depth * args.AColumnStride,
            PackedA = packedA is not null,
            Rows = rows,
        };
        if (args.CColumnStride != 1)
        {
            strip.Turned = scratch.Tile<T>(TLanes.MaxRows * PanelColumns);
            strip.CColumnStride = args.CColumnStride;
        }

        for (var offset = 0; offset < columns; offset += PanelColumns)
        {
            var width = Math.Min(PanelColumns, columns - offset);
            var ragged = width % TLanes.Count;
            if (packedB is not null)
            {
                strip.B = packedB + (nint)offset * steps;
                tile.BRowStride = PanelColumns;
            }
            else if (ragged != 0 && !TLanes.HasMaskedLoad)
            {
                strip.B = PackB(args, scratch, column + offset, width, depth, steps);
                tile.BRowStride = PanelColumns;
            }
            else
            {
                strip.B = args.B + depth * args.BRowStride + column + offset;
                tile.BRowStride = args.BRowStride;
            }

            tile.Mask = TLanes.Mask(ragged == 0 ? TLanes.Count : ragged);
            strip.C = args.C + row * args.CRowStride + (column + offset) * args.CColumnStride;
            strip.Columns = width;
            if (width == PanelColumns) RunTiles<FullColumns>(strip, tile);
            else if (width > TLanes.Count) RunTiles<WideRaggedColumns>(strip, tile);
            else RunTiles<NarrowRaggedColumns>(strip, tile);
        }
    }

    /// <summary>One panel of columns, in tiles of nearly equal height: a last tile of one or two rows would wait for its additions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTiles<TColumns>(in Strip strip, TileArgs<TVector> tile) where TColumns : struct
    {
        var tiles = TileCount(strip.Rows);
        var rowStride = tile.CRowStride;
        for (int index = 0, row = 0; index < tiles; index++)
        {
            var height = TileHeight(strip.Rows, tiles, index);
            var a = strip.A + row * tile.ARowStride;
            if (strip.PackedA)
            {
                a = strip.A + row * tile.K;
                tile.ARowStride = 1;
                tile.AColumnStride = height;
            }

            var c = strip.C + row * rowStride;
            if (strip.Turned is null) RunTile<TColumns>(height, a, strip.B, c, tile);
            else RunTurned<TColumns>(strip, height, a, c, tile);
            row += height;
        }
    }

    /// <summary>A tile of a mirrored product, whose columns are contiguous in C: computed in scratch, transposed on the way out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTurned<TColumns>(in Strip strip, int height, T* a, T* c, TileArgs<TVector> tile)
        where TColumns : struct
    {
        tile.CRowStride = PanelColumns;
        if (tile.Accumulate) Packing<T>.Interleave(c, strip.CColumnStride, strip.Columns, 1, height, strip.Turned, PanelColumns);
        RunTile<TColumns>(height, a, strip.B, strip.Turned, tile);
        Packing<T>.Interleave(strip.Turned, PanelColumns, height, 1, strip.Columns, c, strip.CColumnStride);
    }

    private static int TileCount(int rows) => (int)((uint)(rows + TLanes.MaxRows - 1) / (uint)TLanes.MaxRows);

    private static int TileHeight(int rows, int tiles, int index)
    {
        var (height, taller) = Math.DivRem(rows, tiles);
        return index < taller ? height + 1 : height;
    }

    private static T* PackA(in GemmArgs<T> args, GemmScratch scratch, int row, int rows, int depth, int steps)
    {
        var packed = scratch.A<T>((nint)rows * steps);
        var source = args.A + row * args.ARowStride + depth * args.AColumnStride;
        var tiles = TileCount(rows);
        for (int index = 0, done = 0; index < tiles; index++)
        {
            var height = TileHeight(rows, tiles, index);
            Packing<T>.Interleave(
                source + done * args.ARowStride, args.ARowStride, height, args.AColumnStride, steps, packed + (nint)done * steps, height);
            done += height;
        }

        return packed;
    }

    private static T* PackB(in GemmArgs<T> args, GemmScratch scratch, int column, int columns, int depth, int steps)
    {
        var panels = (columns + PanelColumns - 1) / PanelColumns;
        var packed = scratch.B<T>((nint)panels * PanelColumns * steps);
        var source = args.B + depth * args.BRowStride + column * args.BColumnStride;
        var whole = 0;
        if (args.BColumnStride == 1 && TLanes.Count > 1)
        {
            whole = columns - columns % PanelColumns;
            CopyPanels(source, args.BRowStride, whole, steps, packed);
        }

        for (var offset = whole; offset < columns; offset += PanelColumns)
        {
            var lanes = Math.Min(PanelColumns, columns - offset);
            var panel = packed + (nint)offset * steps;
            Packing<T>.Interleave(
                source + offset * args.BColumnStride, args.BColumnStride, lanes, args.BRowStride, steps, panel, PanelColumns);
            if (!TLanes.HasMaskedLoad) Packing<T>.Pad(panel, lanes, PanelColumns, steps);
        }

        return packed;
    }

    /// <summary>Whole panels of plain B, several at once: a row is then read in runs of a kilobyte, which the prefetcher follows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPanels(T* source, nint stride, int columns, int steps, T* packed)
    {
        var group = CopiedPanels * PanelColumns;
        for (var first = 0; first < columns; first += group)
        {
            var last = Math.Min(columns, first + group);
            for (nint step = 0; step < steps; step++)
            {
                var to = packed + (nint)first * steps + step * PanelColumns;
                var from = source + step * stride + first;
                for (var column = first; column < last; column += PanelColumns, from += PanelColumns, to += (nint)PanelColumns * steps)
                {
                    var low = TLanes.Load(from);
                    var high = TLanes.Load(from + TLanes.Count);
                    TLanes.Store(to, low);
                    TLanes.Store(to + TLanes.Count, high);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunTile<TColumns>(int rows, T* a, T* b, T* c, in TileArgs<TVector> tile) where TColumns : struct
    {
        switch (rows)
        {
            case 1: MicroKernel<TLanes, TVector, T>.Run<Rows1, TColumns>(a, b, c, tile); break;
            case 2: MicroKernel<TLanes, TVector, T>.Run<Rows2, TColumns>(a, b, c, tile); break;
            case 3: MicroKernel<TLanes, TVector, T>.Run<Rows3, TColumns>(a, b, c, tile); break;
            case 4: MicroKernel<TLanes, TVector, T>.Run<Rows4, TColumns>(a, b, c, tile); break;
            case 5 when TLanes.MaxRows >= 5: MicroKernel<TLanes, TVector, T>.Run<Rows5, TColumns>(a, b, c, tile); break;
            case 6 when TLanes.MaxRows >= 6: MicroKernel<TLanes, TVector, T>.Run<Rows6, TColumns>(a, b, c, tile); break;
            case 7 when TLanes.MaxRows >= 7: MicroKernel<TLanes, TVector, T>.Run<Rows7, TColumns>(a, b, c, tile); break;
            case 8 when TLanes.MaxRows >= 8: MicroKernel<TLanes, TVector, T>.Run<Rows8, TColumns>(a, b, c, tile); break;
            case 9 when TLanes.MaxRows >= 9: MicroKernel<TLanes, TVector, T>.Run<Rows9, TColumns>(a, b, c, tile); break;
            case 10 when TLanes.MaxRows >= 10: MicroKernel<TLanes, TVector, T>.Run<Rows10, TColumns>(a, b, c, tile); break;
            case 11 when TLanes.MaxRows >= 11: MicroKernel<TLanes, TVector, T>.Run<Rows11, TColumns>(a, b, c, tile); break;
            case 12 when TLanes.MaxRows >= 12: MicroKernel<TLanes, TVector, T>.Run<Rows12, TColumns>(a, b, c, tile); break;
        }
    }

    /// <summary>A panel of B against a block of rows of A.</summary>
    private struct Strip
    {
        public T* A;
        public T* B;
        public T* C;
        public T* Turned;
        public nint CColumnStride;
        public int Rows;
        public int Columns;
        public bool PackedA;
    }
}
