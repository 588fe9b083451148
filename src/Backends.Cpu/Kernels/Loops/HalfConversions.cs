using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Half types to float32 and back: they are storage formats, and arithmetic happens in float32.</summary>
internal static unsafe class HalfConversions
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadHalf(byte* source, nint stride, byte* buffer, nint count)
    {
        var to = (float*)buffer;
        for (nint i = 0; i < count; i++, source += stride)
            to[i] = (float)*(Half*)source;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreHalf(byte* buffer, byte* destination, nint stride, nint count)
    {
        var from = (float*)buffer;
        for (nint i = 0; i < count; i++, destination += stride)
            *(Half*)destination = (Half)from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadBFloat16(byte* source, nint stride, byte* buffer, nint count)
    {
        var to = (uint*)buffer;
        for (nint i = 0; i < count; i++, source += stride)
            to[i] = (uint)*(ushort*)source << 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreBFloat16(byte* buffer, byte* destination, nint stride, nint count)
    {
        var from = (float*)buffer;
        for (nint i = 0; i < count; i++, destination += stride)
            *(ushort*)destination = ((BFloat16)from[i]).Bits;
    }
}
