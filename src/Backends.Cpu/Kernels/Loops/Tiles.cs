using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Between strided memory and dense buffers, two dimensions at once: <c>buffer[r * n + c]</c> and <c>memory[r * across + c * stride]</c>,
/// strides in bytes. A buffer has room for <see cref="Slack"/> bytes more.
/// </summary>
internal static unsafe class Tiles
{
    /// <summary>Bytes beyond its end that loads may write.</summary>
    public const int Slack = 64;

    /// <summary>Elements in a row from which a call for each row costs nothing.</summary>
    private const int LongRow = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load<T>(byte* source, nint stride, nint across, byte* buffer, nint n, nint rows) where T : unmanaged
    {
        if (stride == sizeof(T)) LoadRows<T>(source, across, buffer, n, rows);
        else if (stride == 0) Repeat<T>(source, across, (T*)buffer, n, rows);
        else if (across == sizeof(T)) Transposes.Run<T>(source, stride, buffer, n * sizeof(T), n, rows);
        else if (across == 0)
        {
            StridedMoves.Load<T>(source, stride, buffer, n);
            Replicate(buffer, n * sizeof(T), rows);
        }
        else
            for (nint r = 0; r < rows; r++)
                StridedMoves.Load<T>(source + (r * across), stride, buffer + (r * n * sizeof(T)), n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store<T>(byte* buffer, byte* destination, nint stride, nint across, nint n, nint rows) where T : unmanaged
    {
        if (stride != sizeof(T) && across == sizeof(T))
        {
            Transposes.Run<T>(buffer, n * sizeof(T), destination, stride, rows, n);
            return;
        }

        for (nint r = 0; r < rows; r++)
            StridedMoves.Store<T>(buffer + (r * n * sizeof(T)), destination + (r * across), stride, n);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LoadRows<T>(byte* source, nint across, byte* buffer, nint n, nint rows) where T : unmanaged
    {
        nint bytes = n * sizeof(T);
        if (across == bytes)
        {
            Unsafe.CopyBlockUnaligned(buffer, source, (uint)(bytes * rows));
        }
        else if (across == 0)
        {
            Unsafe.CopyBlockUnaligned(buffer, source, (uint)bytes);
            Replicate(buffer, bytes, rows);
        }
        else if (n >= LongRow)
        {
            for (nint r = 0; r < rows; r++)
                Unsafe.CopyBlockUnaligned(buffer + (r * bytes), source + (r * across), (uint)bytes);
        }
        else
        {
            var to = (T*)buffer;
            for (nint r = 0; r < rows; r++, source += across, to += n)
                for (nint c = 0; c < n; c++)
                    to[c] = ((T*)source)[c];
        }
    }

    /// <summary>Copies the first row into the others, ever more at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Replicate(byte* buffer, nint bytes, nint rows)
    {
        nint total = bytes * rows;
        for (nint done = bytes; done < total; done *= 2)
            Unsafe.CopyBlockUnaligned(buffer + done, buffer, (uint)Math.Min(done, total - done));
    }

    /// <summary>One element for each row: whole vectors, of which the next row overwrites what is too much.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Repeat<T>(byte* source, nint across, T* to, nint n, nint rows) where T : unmanaged
    {
        for (nint r = 0; r < rows; r++, source += across, to += n)
        {
            var value = Vector256.Create(*(T*)source);
            for (nint c = 0; c < n; c += Vector256<T>.Count)
                value.Store(to + c);
        }
    }
}
