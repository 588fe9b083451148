using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Between strided memory and buffers, either way, two dimensions at once: <c>y[c * yStride + r * yAcross] = x[c * xStride + r * xAcross]</c>, strides in
/// bytes. In whole vectors where both sides are contiguous along some dimension.
/// </summary>
internal static unsafe class Tiles
{
    /// <summary>Bytes beyond the end of a buffer that a conversion in place may write.</summary>
    public const int Slack = 64;

    /// <param name="x">The source.</param>
    /// <param name="xStride">Between its elements of a row.</param>
    /// <param name="xAcross">Between its rows.</param>
    /// <param name="y">The destination.</param>
    /// <param name="yStride">Between its elements of a row.</param>
    /// <param name="yAcross">Between its rows.</param>
    /// <param name="n">Elements of a row.</param>
    /// <param name="rows">Rows.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move<T>(byte* x, nint xStride, nint xAcross, byte* y, nint yStride, nint yAcross, nint n, nint rows) where T : unmanaged
    {
        if (yStride != sizeof(T) && yAcross == sizeof(T))
            (xStride, xAcross, yStride, yAcross, n, rows) = (xAcross, xStride, yAcross, yStride, rows, n);

        if (yStride == sizeof(T))
        {
            if (xStride == sizeof(T))
            {
                RowCopies.Run(y, yAcross, x, xAcross, n * sizeof(T), rows);
                return;
            }

            if (xStride == 0)
            {
                Repeat<T>(x, xAcross, y, yAcross, n, rows);
                return;
            }

            if (xAcross == sizeof(T))
            {
                Transposes.Run<T>(x, xStride, y, yAcross, n, rows);
                return;
            }
        }

        if (n < rows)
            (xStride, xAcross, yStride, yAcross, n, rows) = (xAcross, xStride, yAcross, yStride, rows, n);
        for (nint r = 0; r < rows; r++)
            StridedMoves.Move<T>(x + (r * xAcross), xStride, y + (r * yAcross), yStride, n);
    }

    /// <summary>One element for each row: whole vectors, of which the last overlaps the one before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Repeat<T>(byte* x, nint xAcross, byte* y, nint yAcross, nint n, nint rows) where T : unmanaged
    {
        nint bytes = n * sizeof(T);
        for (; rows > 0; rows--, x += xAcross, y += yAcross)
        {
            if (bytes >= 32)
            {
                var value = Vector256.Create(*(T*)x).AsByte();
                for (nint i = 0; i < bytes - 32; i += 32)
                    value.Store(y + i);
                value.Store(y + bytes - 32);
            }
            else if (bytes >= 16)
            {
                var value = Vector128.Create(*(T*)x).AsByte();
                value.Store(y);
                value.Store(y + bytes - 16);
            }
            else
            {
                for (nint c = 0; c < n; c++)
                    ((T*)y)[c] = *(T*)x;
            }
        }
    }
}
