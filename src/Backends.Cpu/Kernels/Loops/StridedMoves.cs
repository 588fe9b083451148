using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Between strided memory and contiguous buffers.</summary>
internal static unsafe class StridedMoves
{
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

        nint i = 0;
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

        for (nint i = 0; i < count; i++, destination += stride)
            *(T*)destination = from[i];
    }
}
