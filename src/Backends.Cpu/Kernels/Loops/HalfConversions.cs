using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Half types to float32 and back: they are storage formats, and arithmetic happens in float32. Eight at a time where they are neighbours.</summary>
internal static unsafe class HalfConversions
{
    private const int Lanes = 8;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadHalf(byte* source, nint stride, byte* buffer, nint count)
    {
        var to = (float*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort) && Vector128.IsHardwareAccelerated)
        {
            for (; i + Lanes <= count; i += Lanes, source += Lanes * sizeof(ushort))
                Widen(Expand((ushort*)source)).Store(to + i);
        }

        for (; i < count; i++, source += stride)
            to[i] = (float)*(Half*)source;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreHalf(byte* buffer, byte* destination, nint stride, nint count)
    {
        var from = (float*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort) && Vector128.IsHardwareAccelerated)
        {
            for (; i + Lanes <= count; i += Lanes, destination += Lanes * sizeof(ushort))
                Pack(Narrow(Vector256.Load(from + i)), (ushort*)destination);
        }

        for (; i < count; i++, destination += stride)
            *(Half*)destination = (Half)from[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LoadBFloat16(byte* source, nint stride, byte* buffer, nint count)
    {
        var to = (uint*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort) && Vector128.IsHardwareAccelerated)
        {
            for (; i + Lanes <= count; i += Lanes, source += Lanes * sizeof(ushort))
                (Expand((ushort*)source) << 16).Store(to + i);
        }

        for (; i < count; i++, source += stride)
            to[i] = (uint)*(ushort*)source << 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void StoreBFloat16(byte* buffer, byte* destination, nint stride, nint count)
    {
        var from = (float*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort) && Vector128.IsHardwareAccelerated)
        {
            for (; i + Lanes <= count; i += Lanes, destination += Lanes * sizeof(ushort))
            {
                var bits = Vector256.Load((uint*)from + i);
                var rounded = (bits + Vector256.Create(0x7FFFu) + ((bits >> 16) & Vector256.Create(1u))) >> 16;
                var quiet = (bits >> 16) | Vector256.Create(0x40u);
                var x = bits.AsSingle();
                Pack(Vector256.ConditionalSelect(Vector256.Equals(x, x).AsUInt32(), rounded, quiet), (ushort*)destination);
            }
        }

        for (; i < count; i++, destination += stride)
            *(ushort*)destination = ((BFloat16)from[i]).Bits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Expand(ushort* source)
    {
        var (low, high) = Vector128.Widen(Vector128.Load(source));
        return Vector256.Create(low, high);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pack(Vector256<uint> values, ushort* destination) =>
        Vector128.Narrow(values.GetLower(), values.GetUpper()).Store(destination);

    /// <summary>
    /// The bits, moved to float32's places, are the value times 2^-112, subnormals included; infinities and NaN get the highest exponent.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Widen(Vector256<uint> half)
    {
        var magnitude = (half & Vector256.Create(0x7FFFu)) << 13;
        var value = (magnitude.AsSingle() * Vector256.Create(5.192296858534828e33f)).AsUInt32(); // 2^112
        var special = magnitude | Vector256.Create(0x7F800000u);
        var isSpecial = Vector256.GreaterThanOrEqual(magnitude, Vector256.Create(0x0F800000u));
        return (Vector256.ConditionalSelect(isSpecial, special, value) | ((half & Vector256.Create(0x8000u)) << 16)).AsSingle();
    }

    /// <summary>Rounds to nearest, ties to even, in integers; below the normal range by an addition whose last place is that of a subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Narrow(Vector256<float> x)
    {
        var bits = x.AsUInt32();
        var sign = (bits >> 16) & Vector256.Create(0x8000u);
        var magnitude = bits & Vector256.Create(0x7FFFFFFFu);
        var normal = (magnitude - Vector256.Create(112u << 23) + Vector256.Create(0xFFFu) + ((magnitude >> 13) & Vector256.Create(1u))) >> 13;
        normal = Vector256.Min(normal, Vector256.Create(0x7C00u));
        var subnormal = (magnitude.AsSingle() + Vector256.Create(0.5f)).AsUInt32() - Vector256.Create(0x3F000000u);
        var result = Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(113u << 23)), subnormal, normal);
        var nan = Vector256.Create(0x7E00u) | ((magnitude >> 13) & Vector256.Create(0x3FFu));
        return Vector256.ConditionalSelect(Vector256.GreaterThan(magnitude, Vector256.Create(0x7F800000u)), nan, result) | sign;
    }
}
