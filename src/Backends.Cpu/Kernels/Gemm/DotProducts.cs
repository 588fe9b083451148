using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Products with few rows where k is contiguous in B (a linear layer on a small batch): each element is a dot product along vectors, four
/// rows by four columns at a time. Nothing is packed, and B, which is most of the data, is read once and in order.
/// </summary>
/// <remarks>
/// An element has one vector accumulator and one final sum of lanes, whatever tile it falls in. Strided or 16-bit rows are copied first, a block
/// of k at a time where they are long: then it has one for each block, and these depend on the shape and layout of the whole alone.
/// </remarks>
internal static unsafe class DotProducts<TLanes, TVector, T>
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, IAdditionOperators<T, T, T>
{
    /// <summary>Columns of a tile; threads own whole multiples of it.</summary>
    public const int TileColumns = 4;

    /// <summary>Bytes of a copy: all that a product of ordinary depth takes, and a part of the second-level cache, since A is read for each tile.</summary>
    private const int CopiedBytes = 256 * 1024;

    /// <summary>Steps of k between the ends of blocks: whole vectors, and cache lines of either operand.</summary>
    private const int DepthQuantum = 64;

    /// <summary>Rows of a tile: rows by four accumulators, and the operands, must fit the registers.</summary>
    private static int TileRows => TLanes.MaxRows >= 12 ? 4 : 2;

    /// <summary>Computes a rectangle; rows of B are contiguous along k: <c>B.RowStride</c> is 1.</summary>
    public static void Run(in GemmArgs<T> args, GemmBlock block)
    {
        var depth = DepthBlock(args);
        if (depth >= args.K) RunBlock(args, block);
        else RunBlocks(args, block, depth);
    }

    /// <summary>Steps of k that are copied at once. Rows of the whole count, not those of a thread.</summary>
    private static int DepthBlock(in GemmArgs<T> args)
    {
        var copied = Math.Max(args.A.HasPlainRows ? 0 : args.M, args.B.Widen is null ? 0 : TileColumns);
        return copied == 0 ? args.K : CopiedBytes / (copied * sizeof(T)) / DepthQuantum * DepthQuantum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void RunBlocks(in GemmArgs<T> args, GemmBlock block, int most)
    {
        var part = args;
        for (var depth = 0; depth < args.K; depth += most, part.Start = args.C)
        {
            part.K = Math.Min(most, args.K - depth);
            part.A = args.A.From(0, depth);
            part.B = args.B.From(depth, 0);
            RunBlock(part, block);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunBlock(in GemmArgs<T> args, GemmBlock block)
    {
        var rows = block.RowEnd - block.RowStart;
        var scratch = GemmScratch.Current;
        var a = args.A.HasPlainRows
            ? args.A.From(block.RowStart, 0)
            : PlainRows<T>.Copy(args.A, block.RowStart, rows, 0, args.K, scratch.A<T>((nint)rows * args.K));
        for (var column = block.ColumnStart; column < block.ColumnEnd; column += TileColumns)
        {
            var columns = Math.Min(TileColumns, block.ColumnEnd - column);
            var b = args.B.Transposed;
            b = b.HasPlainRows ? b.From(column, 0) : PlainRows<T>.Copy(b, column, columns, 0, args.K, scratch.Wide<T>((nint)columns * args.K));
            for (var row = 0; row < rows; row += TileRows)
            {
                var tileA = a.At(row, 0);
                var tileRow = block.RowStart + row;
                switch (Math.Min(TileRows, rows - row))
                {
                    case 1: Tile<Rows1>(args, tileA, a.RowStride, b.Pointer, b.RowStride, tileRow, column, columns); break;
                    case 2: Tile<Rows2>(args, tileA, a.RowStride, b.Pointer, b.RowStride, tileRow, column, columns); break;
                    case 3: Tile<Rows3>(args, tileA, a.RowStride, b.Pointer, b.RowStride, tileRow, column, columns); break;
                    case 4: Tile<Rows4>(args, tileA, a.RowStride, b.Pointer, b.RowStride, tileRow, column, columns); break;
                    case var other: NoKernel.Throw(other); break;
                }
            }
        }
    }

    /// <summary>A tile at the right edge repeats its last column instead of having a body of its own; the copies are not written.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<TRows>(in GemmArgs<T> args, T* a, nint aStride, T* b0, nint bStride, int row, int column, int columns) where TRows : unmanaged
    {
        var b1 = columns > 1 ? b0 + bStride : b0;
        var b2 = columns > 2 ? b1 + bStride : b1;
        var b3 = columns > 3 ? b2 + bStride : b2;
        var a1 = a + aStride;
        var a2 = a1 + aStride;
        var a3 = a2 + aStride;
        TVector s00 = default, s01 = default, s02 = default, s03 = default;
        TVector s10 = default, s11 = default, s12 = default, s13 = default;
        TVector s20 = default, s21 = default, s22 = default, s23 = default;
        TVector s30 = default, s31 = default, s32 = default, s33 = default;
        nint k = 0;
        for (; k + TLanes.Count <= args.K; k += TLanes.Count)
        {
            var v0 = TLanes.Load(b0 + k);
            var v1 = TLanes.Load(b1 + k);
            var v2 = TLanes.Load(b2 + k);
            var v3 = TLanes.Load(b3 + k);
            Add(TLanes.Load(a + k), v0, v1, v2, v3, ref s00, ref s01, ref s02, ref s03);
            if (sizeof(TRows) > 1) Add(TLanes.Load(a1 + k), v0, v1, v2, v3, ref s10, ref s11, ref s12, ref s13);
            if (sizeof(TRows) > 2) Add(TLanes.Load(a2 + k), v0, v1, v2, v3, ref s20, ref s21, ref s22, ref s23);
            if (sizeof(TRows) > 3) Add(TLanes.Load(a3 + k), v0, v1, v2, v3, ref s30, ref s31, ref s32, ref s33);
        }

        if (k < args.K)
        {
            var mask = TLanes.Mask((int)(args.K - k));
            var v0 = TLanes.LoadMasked(b0 + k, mask);
            var v1 = TLanes.LoadMasked(b1 + k, mask);
            var v2 = TLanes.LoadMasked(b2 + k, mask);
            var v3 = TLanes.LoadMasked(b3 + k, mask);
            Add(TLanes.LoadMasked(a + k, mask), v0, v1, v2, v3, ref s00, ref s01, ref s02, ref s03);
            if (sizeof(TRows) > 1) Add(TLanes.LoadMasked(a1 + k, mask), v0, v1, v2, v3, ref s10, ref s11, ref s12, ref s13);
            if (sizeof(TRows) > 2) Add(TLanes.LoadMasked(a2 + k, mask), v0, v1, v2, v3, ref s20, ref s21, ref s22, ref s23);
            if (sizeof(TRows) > 3) Add(TLanes.LoadMasked(a3 + k, mask), v0, v1, v2, v3, ref s30, ref s31, ref s32, ref s33);
        }

        Write(args, row, column, s00, s01, s02, s03, columns);
        if (sizeof(TRows) > 1) Write(args, row + 1, column, s10, s11, s12, s13, columns);
        if (sizeof(TRows) > 2) Write(args, row + 2, column, s20, s21, s22, s23, columns);
        if (sizeof(TRows) > 3) Write(args, row + 3, column, s30, s31, s32, s33, columns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        TVector x, TVector v0, TVector v1, TVector v2, TVector v3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
    {
        s0 = TLanes.MultiplyAdd(x, v0, s0);
        s1 = TLanes.MultiplyAdd(x, v1, s1);
        s2 = TLanes.MultiplyAdd(x, v2, s2);
        s3 = TLanes.MultiplyAdd(x, v3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(in GemmArgs<T> args, int row, int column, TVector s0, TVector s1, TVector s2, TVector s3, int columns)
    {
        Write(args, row, column, s0);
        if (columns > 1) Write(args, row, column + 1, s1);
        if (columns > 2) Write(args, row, column + 2, s2);
        if (columns > 3) Write(args, row, column + 3, s3);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write(in GemmArgs<T> args, int row, int column, TVector sum) =>
        *args.C.At(row, column) = TLanes.Sum(sum) + (args.Start.Pointer is null ? default : *args.Start.At(row, column));
}
