using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Copies a strip of a strided matrix into the order in which the register tile reads it.</summary>
internal static unsafe class Packing<T> where T : unmanaged
{
    /// <summary>
    /// destination[step * width + lane] = source[lane * laneStride + step * stepStride] for each lane below <paramref name="lanes"/>; the
    /// lanes up to <paramref name="width"/> stay as they are.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Interleave(T* source, nint laneStride, int lanes, nint stepStride, int steps, T* destination, nint width)
    {
        if (laneStride == 1) CopyRows(source, lanes, stepStride, steps, destination, width);
        else if (stepStride == 1) Transpose(source, laneStride, lanes, steps, destination, width);
        else Gather(source, laneStride, lanes, stepStride, steps, destination, width);
    }

    /// <summary>Zeros the lanes of each step that <see cref="Interleave"/> left alone.</summary>
    public static void Pad(T* destination, int lanes, int width, int steps)
    {
        if (lanes == width) return;
        for (var step = 0; step < steps; step++) new Span<T>(destination + (nint)step * width + lanes, width - lanes).Clear();
    }

    /// <summary>Lanes in groups as wide as vectors allow; the last group overlaps the one before it rather than end short.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(T* source, nint stride, int lanes, int steps, T* destination, nint width)
    {
        var done = 0;
        var whole = 0;
        if (sizeof(T) >= sizeof(float) && Simd128<T>.Interleaves)
        {
            whole = steps - steps % (16 / sizeof(T));
            if (WideVectors.Have512) done = Groups<Simd512<T>, Vector512<T>>(source, stride, done, lanes, whole, destination, width);
            if (Vector256.IsHardwareAccelerated) done = Groups<Simd256<T>, Vector256<T>>(source, stride, done, lanes, whole, destination, width);
            done = Groups<Simd128<T>, Vector128<T>>(source, stride, done, lanes, whole, destination, width);
            if (done < lanes && lanes >= Vector128<T>.Count)
                done = Groups<Simd128<T>, Vector128<T>>(source, stride, lanes - Vector128<T>.Count, lanes, whole, destination, width);
        }

        Gather(source + done * stride, stride, lanes - done, 1, whole, destination + done, width);
        Gather(source + whole, stride, lanes, 1, steps - whole, destination + whole * width, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Groups<TLanes, TVector>(T* source, nint stride, int done, int lanes, int steps, T* destination, nint width)
        where TLanes : struct, ISimd<TVector, T>
        where TVector : struct
    {
        for (; done + TLanes.Count <= lanes; done += TLanes.Count)
            Transposes.OneStrip<T, TVector, TLanes>((byte*)(source + done * stride), stride * sizeof(T), (byte*)(destination + done), width * sizeof(T), steps);
        return done;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(T* source, nint laneStride, int lanes, nint stepStride, int steps, T* destination, nint width)
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            var from = source + lane * laneStride;
            var to = destination + lane;
            for (var step = 0; step < steps; step++, from += stepStride, to += width) *to = *from;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(T* source, int lanes, nint stepStride, int steps, T* destination, nint width)
    {
        if (Vector256.IsHardwareAccelerated && Vector256<T>.IsSupported && lanes >= Vector256<T>.Count)
        {
            var last = lanes - Vector256<T>.Count;
            for (var step = 0; step < steps; step++, source += stepStride, destination += width)
            {
                for (var lane = 0; lane < last; lane += Vector256<T>.Count) Vector256.Load(source + lane).Store(destination + lane);
                Vector256.Load(source + last).Store(destination + last);
            }
        }
        else if (Vector128.IsHardwareAccelerated && Vector128<T>.IsSupported && lanes >= Vector128<T>.Count)
        {
            var last = lanes - Vector128<T>.Count;
            for (var step = 0; step < steps; step++, source += stepStride, destination += width)
            {
                for (var lane = 0; lane < last; lane += Vector128<T>.Count) Vector128.Load(source + lane).Store(destination + lane);
                Vector128.Load(source + last).Store(destination + last);
            }
        }
        else
        {
            for (var step = 0; step < steps; step++, source += stepStride, destination += width)
            {
                for (var lane = 0; lane < lanes; lane++) destination[lane] = source[lane];
            }
        }
    }
}
