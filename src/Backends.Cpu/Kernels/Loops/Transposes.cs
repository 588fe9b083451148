using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Transposes of a piece of a matrix: <c>destination[c * to + r] = source[r * from + c]</c>, strides in bytes. In blocks of registers: a
/// vector is loaded as 128-bit pieces of distant rows, so that interleaving within pieces is all that is left to do.
/// </summary>
internal static unsafe class Transposes
{
    /// <param name="source">The piece.</param>
    /// <param name="from">Between its rows.</param>
    /// <param name="destination">Where its columns become rows.</param>
    /// <param name="to">Between these.</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="strip">Rows that are done before the next ones are begun: all, to write whole rows, or <see cref="Strip"/>, to read them.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<T>(byte* source, nint from, byte* destination, nint to, nint rows, nint columns, nint strip = int.MaxValue) where T : unmanaged
    {
        nint piece = 16 / sizeof(T), whole = Simd128<T>.Interleaves && rows >= Height<T>() ? columns - (columns % piece) : 0;
        for (nint first = 0; whole > 0 && first < rows; first += Math.Min(strip, rows - first))
        {
            nint count = Math.Min(strip, rows - first);
            byte* x = source + (first * from), y = destination + (first * sizeof(T));
            for (nint c = 0; c < whole; c += piece, x += 16, y += piece * to)
            {
                nint done = 0;
                if (sizeof(T) >= 4 && WideVectors.Have512) done = Blocks<T, Vector512<T>, Simd512<T>>(x, from, y, to, done, count);
                else if (sizeof(T) >= 4 && Vector256.IsHardwareAccelerated) done = Blocks<T, Vector256<T>, Simd256<T>>(x, from, y, to, done, count);
                done = Blocks<T, Vector128<T>, Simd128<T>>(x, from, y, to, done, count);
                if (done < count)
                    Rest<T>(x + (done * from), from, y + (done * sizeof(T)), to, count - done, piece);
            }
        }

        if (whole < columns)
            Rest<T>(source + (whole * sizeof(T)), from, destination + (whole * to), to, rows, columns - whole);
    }

    /// <summary>The rows of the largest block.</summary>
    public static nint Strip<T>() where T : unmanaged => sizeof(T) < 4 ? Height<T>() : 64 / sizeof(T);

    /// <summary>As many rows as whole blocks cover, 16 bytes of each; returns how many are done.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nint Blocks<T, V, L>(byte* source, nint from, byte* destination, nint to, nint done, nint rows)
        where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        nint height = L.Count * sizeof(T) / 16 * Height<T>();
        for (; done + height <= rows; done += height)
        {
            byte* x = source + (done * from), y = destination + (done * sizeof(T));
            if (sizeof(T) == 8) Block2<T, V, L>(x, from, y, to);
            else if (sizeof(T) == 4) Block4<T, V, L>(x, from, y, to);
            else Block8<T>(x, from, y, to);
        }

        return done;
    }

    /// <summary>As many rows as a vector has elements, of 32 or 64 bits, and of each whole lines where a block of them exists, then whole pieces of 16 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OneStrip<T, V, L>(byte* source, nint from, byte* destination, nint to, nint columns)
        where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        nint piece = 16 / sizeof(T), c = 0;
        if (sizeof(T) == 4 && L.Count == LineBlock.Size && LineBlock.IsSupported)
        {
            for (; c + LineBlock.Size <= columns; c += LineBlock.Size, source += 64, destination += LineBlock.Size * to)
                LineBlock.Transpose(source, from, destination, to);
        }

        for (; c + piece <= columns; c += piece, source += 16, destination += piece * to)
        {
            if (sizeof(T) == 8) Block2<T, V, L>(source, from, destination, to);
            else Block4<T, V, L>(source, from, destination, to);
        }
    }

    /// <summary>Rows of a block for each 128-bit piece of a vector.</summary>
    private static nint Height<T>() where T : unmanaged => sizeof(T) == 1 ? 8 : 16 / sizeof(T);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block2<T, V, L>(byte* x, nint from, byte* y, nint to) where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        V r0 = L.LoadPieces(x, 2 * from), r1 = L.LoadPieces(x + from, 2 * from);
        L.Store((T*)y, L.InterleaveLow(r0, r1));
        L.Store((T*)(y + to), L.InterleaveHigh(r0, r1));
    }

    /// <summary>Piece p of register i holds row 4p + i; interleaving twice brings the columns together.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block4<T, V, L>(byte* x, nint from, byte* y, nint to) where T : unmanaged where V : struct where L : struct, ISimd<V, T>
    {
        V r0 = L.LoadPieces(x, 4 * from), r1 = L.LoadPieces(x + from, 4 * from);
        V r2 = L.LoadPieces(x + (2 * from), 4 * from), r3 = L.LoadPieces(x + (3 * from), 4 * from);
        V s0 = L.InterleaveLow(r0, r2), s1 = L.InterleaveHigh(r0, r2), s2 = L.InterleaveLow(r1, r3), s3 = L.InterleaveHigh(r1, r3);
        L.Store((T*)y, L.InterleaveLow(s0, s2));
        L.Store((T*)(y + to), L.InterleaveHigh(s0, s2));
        L.Store((T*)(y + (2 * to)), L.InterleaveLow(s1, s3));
        L.Store((T*)(y + (3 * to)), L.InterleaveHigh(s1, s3));
    }

    /// <summary>Eight rows of 16 bytes, interleaved three times: a register is one column of 16-bit elements, or two of 8-bit ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8<T>(byte* x, nint from, byte* y, nint to) where T : unmanaged
    {
        Vector128<T> r0 = Row<T>(x), r1 = Row<T>(x + from), r2 = Row<T>(x + (2 * from)), r3 = Row<T>(x + (3 * from));
        Vector128<T> r4 = Row<T>(x + (4 * from)), r5 = Row<T>(x + (5 * from)), r6 = Row<T>(x + (6 * from)), r7 = Row<T>(x + (7 * from));
        (r0, r1, r2, r3, r4, r5, r6, r7) = (Low(r0, r4), High(r0, r4), Low(r1, r5), High(r1, r5), Low(r2, r6), High(r2, r6), Low(r3, r7), High(r3, r7));
        (r0, r1, r2, r3, r4, r5, r6, r7) = (Low(r0, r4), High(r0, r4), Low(r1, r5), High(r1, r5), Low(r2, r6), High(r2, r6), Low(r3, r7), High(r3, r7));
        Put(y, to, 0, Low(r0, r4));
        Put(y, to, 1, High(r0, r4));
        Put(y, to, 2, Low(r1, r5));
        Put(y, to, 3, High(r1, r5));
        Put(y, to, 4, Low(r2, r6));
        Put(y, to, 5, High(r2, r6));
        Put(y, to, 6, Low(r3, r7));
        Put(y, to, 7, High(r3, r7));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Row<T>(byte* source) where T : unmanaged => Vector128.Load((T*)source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> Low<T>(Vector128<T> x, Vector128<T> y) where T : unmanaged => Simd128<T>.InterleaveLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<T> High<T>(Vector128<T> x, Vector128<T> y) where T : unmanaged => Simd128<T>.InterleaveHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<T>(byte* y, nint to, nint index, Vector128<T> value) where T : unmanaged
    {
        if (sizeof(T) == 2)
        {
            value.Store((T*)(y + (index * to)));
            return;
        }

        *(ulong*)(y + (2 * index * to)) = value.AsUInt64().ToScalar();
        *(ulong*)(y + (((2 * index) + 1) * to)) = value.AsUInt64().GetElement(1);
    }

    /// <summary>Element by element, along the longer side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Rest<T>(byte* source, nint from, byte* destination, nint to, nint rows, nint columns) where T : unmanaged
    {
        if (rows >= columns)
            for (nint c = 0; c < columns; c++)
                StridedMoves.Load<T>(source + (c * sizeof(T)), from, destination + (c * to), rows);
        else
            for (nint r = 0; r < rows; r++)
                StridedMoves.Store<T>(source + (r * from), destination + (r * sizeof(T)), to, columns);
    }
}
