using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>Copies a strip of a strided matrix into the order in which the register tile reads it.</summary>
internal static unsafe class Packing<T> where T : unmanaged
{
    /// <summary>
    /// destination[step * width + lane] = source[lane * laneStride + step * stepStride] for each lane below <paramref name="lanes"/>; the
    /// lanes up to <paramref name="width"/> become zero.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(T* source, nint laneStride, int lanes, nint stepStride, int steps, T* destination, int width)
    {
        if (laneStride == 1) CopyRows(source, lanes, stepStride, steps, destination, width);
        else if (stepStride == 1) Gather(source, laneStride, lanes, 1, 0, steps, destination, width);
        else Gather(source, laneStride, lanes, stepStride, 0, steps, destination, width);
        if (lanes == width) return;
        for (var step = 0; step < steps; step++)
            new Span<T>(destination + (nint)step * width + lanes, width - lanes).Clear();
    }

    /// <summary>The plain loop, from step <paramref name="first"/> on.</summary>
    public static void Gather(T* source, nint laneStride, int lanes, nint stepStride, int first, int steps, T* destination, int width)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            var from = source + lane * laneStride;
            var to = destination + lane;
            for (var step = first; step < steps; step++) to[(nint)step * width] = from[step * stepStride];
        }
    }

    private static void CopyRows(T* source, int lanes, nint stepStride, int steps, T* destination, int width)
    {
        if (lanes * sizeof(T) == 128)
        {
            for (var step = 0; step < steps; step++)
                *(Line128*)(destination + (nint)step * width) = *(Line128*)(source + step * stepStride);
            return;
        }

        for (var step = 0; step < steps; step++)
        {
            var from = source + step * stepStride;
            var to = destination + (nint)step * width;
            for (var lane = 0; lane < lanes; lane++) to[lane] = from[lane];
        }
    }

    /// <summary>32 floats: a copy of this size is two or four vector moves.</summary>
    [StructLayout(LayoutKind.Sequential, Size = 128)]
    private struct Line128;
}
