using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Blocks of A and panels of B in the order in which register tiles read them: all of a step of k, then those of the next.</summary>
internal static unsafe class TilePacking<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged
{
    /// <summary>Steps of k that are widened at once: with the rows of a panel, a few kilobytes of the first-level cache.</summary>
    private const int WidenedSteps = 128;

    /// <summary>Steps of a row-major A that are packed at once, tile by tile.</summary>
    private const int StepsAlong = WidenedSteps;

    /// <summary>Steps of a column-major A that are packed at once, for all tiles: their lines may all compete for one set of the cache.</summary>
    private const int StepsAcross = 8;

    /// <summary>Bytes of a cache line.</summary>
    private const int Line = 64;

    private static int PanelColumns => GemmDriver<TLanes, TVector, T>.PanelColumns;

    /// <summary>A block of rows of A, tile after tile.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static T* A(GemmScratch scratch, in MatrixView<T> a, int row, int rows, int depth, int steps, bool wide)
    {
        var packed = scratch.A<T>((nint)rows * steps);
        var (tiles, shorter, taller) = GemmDriver<TLanes, TVector, T>.Tiles(rows, wide);
        var across = a.ColumnStride != 1;
        var lines = across ? a.Transposed : a;
        var group = across ? StepsAcross : StepsAlong;
        var together = across ? tiles : 1;
        for (var first = 0; first < tiles; first += together)
        {
            int start = row + RowsAbove(first), end = row + RowsAbove(first + together);
            for (var step = 0; step < steps; step += group)
            {
                int now = Math.Min(group, steps - step), next = Math.Min(group, steps - step - now), from = depth + step + now;
                Ask(lines, across ? new(from, from + next, start, end) : new(start, end, from, from + next));
                for (var tile = first; tile < first + together; tile++)
                {
                    var above = RowsAbove(tile);
                    var height = RowsAbove(tile + 1) - above;
                    Pack(scratch, a, row + above, height, depth + step, now, packed + (nint)above * steps + (nint)step * height, height);
                }
            }
        }

        int RowsAbove(int tile) => tile * shorter + Math.Min(tile, taller);
        return packed;
    }

    /// <summary>One panel, just before its first use, so that it is still cached then.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void B(GemmScratch scratch, in MatrixView<T> b, int column, int columns, int depth, int steps, T* panel)
    {
        if (columns == PanelColumns && b.HasPlainRows)
        {
            CopyPanel(b.At(depth, column), b.RowStride, steps, panel);
            return;
        }

        Pack(scratch, b.Transposed, column, columns, depth, steps, panel, PanelColumns);
        if (!TLanes.HasMaskedLoad) Packing<T>.Pad(panel, columns, PanelColumns, steps);
    }

    /// <summary>
    /// Asks for what is packed next, whose contiguous parts may be pages apart, which no processor sees coming. Into the second-level cache:
    /// in the first, lines that compete for one set would push each other out.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ask(in MatrixView<T> matrix, GemmBlock block)
    {
        if (!Sse.IsSupported || matrix.ColumnStride != 1) return;
        for (var row = block.RowStart; row < block.RowEnd; row++)
        {
            for (var column = block.ColumnStart; column < block.ColumnEnd; column += Line / sizeof(T)) Sse.Prefetch1(matrix.At(row, column));
        }
    }

    private static void Pack(GemmScratch scratch, in MatrixView<T> matrix, int row, int rows, int depth, int steps, T* packed, int width)
    {
        if (matrix.Widen is null)
        {
            Packing<T>.Interleave(matrix.At(row, depth), matrix.RowStride, rows, matrix.ColumnStride, steps, packed, width);
            return;
        }

        if (matrix.ColumnStride != 1)
        {
            var stride = matrix.RowStride * sizeof(ushort);
            for (var step = 0; step < steps; step++, packed += width)
                matrix.Widen((byte*)matrix.At(row, depth + step), stride, (byte*)packed, rows);
            return;
        }

        var wide = scratch.Wide<T>(rows * WidenedSteps);
        for (var step = 0; step < steps; step += WidenedSteps)
        {
            var part = Math.Min(WidenedSteps, steps - step);
            for (var lane = 0; lane < rows; lane++)
                matrix.Widen((byte*)matrix.At(row + lane, depth + step), sizeof(ushort), (byte*)(wide + (nint)lane * part), part);
            Packing<T>.Interleave(wide, part, rows, 1, part, packed + (nint)step * width, width);
        }
    }

    /// <summary>A panel of plain B: two vectors of each row. Rows may be pages apart, so the next panel's are asked for meanwhile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPanel(T* source, nint stride, int steps, T* panel)
    {
        for (; steps > 0; steps--, source += stride, panel += PanelColumns)
        {
            if (Sse.IsSupported)
            {
                Sse.Prefetch1(source + PanelColumns);
                Sse.Prefetch1(source + PanelColumns + TLanes.Count);
            }

            var x = TLanes.Load(source);
            var y = TLanes.Load(source + TLanes.Count);
            TLanes.Store(panel, x);
            TLanes.Store(panel + TLanes.Count, y);
        }
    }
}
