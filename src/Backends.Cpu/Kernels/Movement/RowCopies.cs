using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Copies of many rows of bytes, where a call for each would cost more than the copy.</summary>
internal static unsafe class RowCopies
{
    private const int LongRow = 1024;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, nint yStep, byte* x, nint xStep, nint bytes, nint rows)
    {
        if (bytes < 64 && rows > 1) // where a row is a move or two, finding out which would cost more than they do
        {
            if (bytes >= 32) Ends<Vector256<byte>>(y, yStep, x, xStep, bytes, rows);
            else if (bytes >= 16) Ends<Vector128<byte>>(y, yStep, x, xStep, bytes, rows);
            else if (bytes >= 8) Ends<ulong>(y, yStep, x, xStep, bytes, rows);
            else if (bytes >= 4) Ends<uint>(y, yStep, x, xStep, bytes, rows);
            else if (bytes >= 2) Ends<ushort>(y, yStep, x, xStep, bytes, rows);
            else Ends<byte>(y, yStep, x, xStep, bytes, rows);
            return;
        }

        for (; rows > 0; rows--, y += yStep, x += xStep)
            Row(y, x, bytes);
    }

    /// <summary>Rows of one word to two: both ends of each, which overlap.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Ends<V>(byte* y, nint yStep, byte* x, nint xStep, nint bytes, nint rows) where V : unmanaged
    {
        nint last = bytes - sizeof(V);
        if (last == 0)
        {
            for (; rows > 0; rows--, y += yStep, x += xStep)
                *(V*)y = *(V*)x;
            return;
        }

        for (; rows > 0; rows--, y += yStep, x += xStep)
        {
            V start = *(V*)x, end = *(V*)(x + last);
            *(V*)y = start;
            *(V*)(y + last) = end;
        }
    }

    /// <summary>The last vector of a row overlaps the one before, so that no row has a tail.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Row(byte* y, byte* x, nint bytes)
    {
        if (bytes > LongRow)
            NativeMemory.Copy(x, y, (nuint)bytes); // not CopyBlock, whose length has 32 bits
        else if (bytes >= 64 && WideVectors.Have512)
        {
            nint last = bytes - 64;
            var end = Vector512.Load(x + last);
            for (nint i = 0; i < last; i += 64)
                Vector512.Load(x + i).Store(y + i);
            end.Store(y + last);
        }
        else if (bytes >= 32)
        {
            nint last = bytes - 32;
            var end = Vector256.Load(x + last);
            for (nint i = 0; i < last; i += 32)
                Vector256.Load(x + i).Store(y + i);
            end.Store(y + last);
        }
        else if (bytes >= 16)
        {
            Vector128<byte> start = Vector128.Load(x), end = Vector128.Load(x + bytes - 16);
            start.Store(y);
            end.Store(y + bytes - 16);
        }
        else if (bytes >= 8)
        {
            ulong start = *(ulong*)x, end = *(ulong*)(x + bytes - 8);
            *(ulong*)y = start;
            *(ulong*)(y + bytes - 8) = end;
        }
        else if (bytes >= 4)
        {
            uint start = *(uint*)x, end = *(uint*)(x + bytes - 4);
            *(uint*)y = start;
            *(uint*)(y + bytes - 4) = end;
        }
        else
        {
            for (nint i = 0; i < bytes; i++)
                y[i] = x[i];
        }
    }
}
