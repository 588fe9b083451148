using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Copies between layouts that are contiguous somewhere: both along the innermost dimension, in rows; or along different ones, as of a
/// transposed matrix, in tiles, so that each cache line that is read serves all its elements before it is lost.
/// </summary>
internal static unsafe class StridedCopy
{
    /// <summary>Elements from which a row is shared out, where there are few.</summary>
    private const long LongRow = 1 << 15;

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
            long count = nest.Count / nest.Inner;
            if (count < 4L * pool.Threads && nest.Inner >= LongRow)
            {
                var pieces = new RowPieces { Nest = &nest, Y = y.Pointer, X = x.Pointer, Bytes = nest.Inner * sizeof(T) };
                Chunks.Run(pool, count * pieces.OfRow, RowPieces.PieceBytes / sizeof(T), ref pieces);
                return true;
            }

            var rows = new Rows { Nest = &nest, Y = y.Pointer, X = x.Pointer, Bytes = (nint)nest.Inner * sizeof(T) };
            Chunks.Run(pool, count, Math.Max(4, nest.Inner), ref rows);
            return true;
        }

        TransposedCopy.Run<T>(pool, &nest, yUnit, xUnit, y.Pointer, x.Pointer);
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

    /// <summary>Few long rows that are contiguous on both sides; a unit is a piece of one.</summary>
    private struct RowPieces : IChunkWork
    {
        public const int PieceBytes = 32 << 10;

        public LoopNest* Nest;
        public byte* Y;
        public byte* X;
        public long Bytes;

        /// <summary>Pieces of a row.</summary>
        public readonly long OfRow => (Bytes + PieceBytes - 1) / PieceBytes;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            for (long unit = start; unit < start + count; unit++)
            {
                var (rest, piece) = Math.DivRem(unit, OfRow);
                byte* y = Y + (piece * PieceBytes), x = X + (piece * PieceBytes);
                for (int d = 1; d < Nest->Rank; d++)
                {
                    (rest, long index) = Math.DivRem(rest, Nest->Sizes[d]);
                    y += index * Nest->Stride(0, d);
                    x += index * Nest->Stride(1, d);
                }

                RowCopies.Row(y, x, (nint)Math.Min(PieceBytes, Bytes - (piece * PieceBytes)));
            }
        }
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
}
