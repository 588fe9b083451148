using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Between strided memory and contiguous buffers.</summary>
internal static unsafe class StridedMoves
{
    /// <summary>Between strided memory on both sides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Move<T>(byte* source, nint stride, byte* destination, nint to, nint count) where T : unmanaged
    {
        if (to == sizeof(T))
        {
            Load<T>(source, stride, destination, count);
            return;
        }

        for (; count >= 4; count -= 4, source += 4 * stride, destination += 4 * to)
        {
            T x0 = *(T*)source, x1 = *(T*)(source + stride), x2 = *(T*)(source + (2 * stride)), x3 = *(T*)(source + (3 * stride));
            *(T*)destination = x0;
            *(T*)(destination + to) = x1;
            *(T*)(destination + (2 * to)) = x2;
            *(T*)(destination + (3 * to)) = x3;
        }

        for (; count > 0; count--, source += stride, destination += to)
            *(T*)destination = *(T*)source;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load<T>(byte* source, nint stride, byte* buffer, nint count) where T : unmanaged
    {
        var to = (T*)buffer;
        if (stride == sizeof(T))
        {
            Unsafe.CopyBlockUnaligned(buffer, source, (uint)(count * sizeof(T)));
            return;
        }

        if (stride == 0)
        {
            new Span<T>(buffer, (int)count).Fill(*(T*)source);
            return;
        }

        nint i = stride == -sizeof(T) ? Reversed((T*)source, to, count) : 0;
        source += i * stride;
        for (; i + 4 <= count; i += 4, source += 4 * stride)
        {
            T x0 = *(T*)source, x1 = *(T*)(source + stride), x2 = *(T*)(source + (2 * stride)), x3 = *(T*)(source + (3 * stride));
            to[i] = x0;
            to[i + 1] = x1;
            to[i + 2] = x2;
            to[i + 3] = x3;
        }

        for (; i < count; i++, source += stride)
            to[i] = *(T*)source;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store<T>(byte* buffer, byte* destination, nint stride, nint count) where T : unmanaged
    {
        var from = (T*)buffer;
        if (stride == sizeof(T))
        {
            Unsafe.CopyBlockUnaligned(destination, buffer, (uint)(count * sizeof(T)));
            return;
        }

        nint i = 0;
        for (; i + 4 <= count; i += 4, destination += 4 * stride)
        {
            T x0 = from[i], x1 = from[i + 1], x2 = from[i + 2], x3 = from[i + 3];
            *(T*)destination = x0;
            *(T*)(destination + stride) = x1;
            *(T*)(destination + (2 * stride)) = x2;
            *(T*)(destination + (3 * stride)) = x3;
        }

        for (; i < count; i++, destination += stride)
            *(T*)destination = from[i];
    }

    /// <summary>Elements backwards, as many as whole vectors hold; returns how many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Reversed<T>(T* last, T* to, nint count) where T : unmanaged
    {
        nint lanes = Vector128<T>.Count, i = 0;
        if (!Vector128.IsHardwareAccelerated)
            return 0;
        var order = sizeof(T) switch
        {
            1 => Vector128.Create((byte)15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0),
            2 => Vector128.Create((byte)14, 15, 12, 13, 10, 11, 8, 9, 6, 7, 4, 5, 2, 3, 0, 1),
            4 => Vector128.Create((byte)12, 13, 14, 15, 8, 9, 10, 11, 4, 5, 6, 7, 0, 1, 2, 3),
            _ => Vector128.Create((byte)8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7),
        };
        for (; i + lanes <= count; i += lanes)
            Vector128.Shuffle(Vector128.Load((byte*)(last - i - lanes + 1)), order).Store((byte*)(to + i));
        return i;
    }
}
