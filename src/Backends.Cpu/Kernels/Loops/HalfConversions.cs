using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Half types to float32 and back: they are storage formats, and arithmetic happens in float32. In vectors where elements are neighbours.</summary>
internal static unsafe class HalfConversions
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Load<TFormat>(byte* source, nint stride, byte* buffer, nint count) where TFormat : struct, IFormat
    {
        var to = (float*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort))
        {
            // What one width leaves over the next narrower one takes: a number by itself takes as long as a vector.
            if (WideVectors.Have512) i = Load<TFormat, Vector512<float>, Simd512<float>>((ushort*)source, to, i, count);
            if (Vector256.IsHardwareAccelerated) i = Load<TFormat, Vector256<float>, Simd256<float>>((ushort*)source, to, i, count);
            if (Vector128.IsHardwareAccelerated) i = Load<TFormat, Vector128<float>, Simd128<float>>((ushort*)source, to, i, count);
        }

        for (source += i * stride; i < count; i++, source += stride)
            to[i] = TFormat.Widen(*(ushort*)source);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Load<TFormat, V, L>(ushort* source, float* to, nint i, nint count)
        where TFormat : struct, IFormat where V : struct where L : struct, ISimd<V, float>
    {
        for (; i + L.Count <= count; i += L.Count)
            L.Store(to + i, TFormat.Widen<V, L>(L.LoadUInt16(source + i)));
        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Store<TFormat>(byte* buffer, byte* destination, nint stride, nint count) where TFormat : struct, IFormat
    {
        var from = (float*)buffer;
        nint i = 0;
        if (stride == sizeof(ushort))
        {
            if (WideVectors.Have512) i = Store<TFormat, Vector512<float>, Simd512<float>>(from, (ushort*)destination, i, count);
            if (Vector256.IsHardwareAccelerated) i = Store<TFormat, Vector256<float>, Simd256<float>>(from, (ushort*)destination, i, count);
            if (Vector128.IsHardwareAccelerated) i = Store<TFormat, Vector128<float>, Simd128<float>>(from, (ushort*)destination, i, count);
        }

        for (destination += i * stride; i < count; i++, destination += stride)
            *(ushort*)destination = TFormat.Narrow(from[i]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static nint Store<TFormat, V, L>(float* from, ushort* destination, nint i, nint count)
        where TFormat : struct, IFormat where V : struct where L : struct, ISimd<V, float>
    {
        for (; i + L.Count <= count; i += L.Count)
            L.StoreInt16(destination + i, TFormat.Narrow<V, L>(L.Load(from + i)));
        return i;
    }

    /// <summary>A format of 16 bits; vectors hold it as int32 bits.</summary>
    internal interface IFormat
    {
        static abstract float Widen(ushort bits);
        static abstract ushort Narrow(float value);
        static abstract V Widen<V, L>(V bits) where V : struct where L : struct, ISimd<V, float>;

        /// <summary>Bits above the lowest 16 are of no consequence.</summary>
        static abstract V Narrow<V, L>(V value) where V : struct where L : struct, ISimd<V, float>;
    }

    internal readonly struct HalfFormat : IFormat
    {
        public static float Widen(ushort bits) => (float)BitConverter.UInt16BitsToHalf(bits);

        public static ushort Narrow(float value) => BitConverter.HalfToUInt16Bits((Half)value);

        /// <summary>
        /// The bits, moved to float32's places, are the value times 2^-112, subnormals included; infinities and NaN get the highest exponent.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Widen<V, L>(V bits) where V : struct where L : struct, ISimd<V, float>
        {
            var magnitude = L.ShiftLeft32(L.And(bits, L.CreateInt32(0x7FFF)), 13);
            var value = L.Multiply(magnitude, L.Create(5.192296858534828e33f)); // 2^112
            var special = L.Or(magnitude, L.CreateInt32(0x7F800000));
            var isFinite = L.LessThan(magnitude, L.CreateInt32(0x0F800000));
            return L.Or(L.Select(isFinite, value, special), L.ShiftLeft32(L.And(bits, L.CreateInt32(0x8000)), 16));
        }

        /// <summary>Rounds to nearest, ties to even, in integers; below the normal range by an addition whose last place is that of a subnormal.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V, L>(V value) where V : struct where L : struct, ISimd<V, float>
        {
            var sign = L.And(L.ShiftRight32(value, 16), L.CreateInt32(0x8000));
            var magnitude = L.Abs(value);
            var bounded = L.MinNative(magnitude, L.Create(65536f)); // the bits of infinity follow from it as from any larger number
            var odd = L.And(L.ShiftRight32(bounded, 13), L.CreateInt32(1));
            var normal = L.ShiftRight32(L.AddInt32(L.AddInt32(bounded, L.CreateInt32(0xFFF - (112 << 23))), odd), 13);
            var subnormal = L.SubtractInt32(L.Add(magnitude, L.Create(0.5f)), L.CreateInt32(0x3F000000));
            var result = L.Select(L.LessThan(magnitude, L.CreateInt32(113 << 23)), subnormal, normal);
            var nan = L.Or(L.CreateInt32(0x7E00), L.And(L.ShiftRight32(magnitude, 13), L.CreateInt32(0x3FF)));
            return L.Or(L.Select(L.Equal(value, value), result, nan), sign);
        }
    }

    internal readonly struct BFloat16Format : IFormat
    {
        public static float Widen(ushort bits) => BitConverter.UInt32BitsToSingle((uint)bits << 16);

        public static ushort Narrow(float value) => ((BFloat16)value).Bits;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Widen<V, L>(V bits) where V : struct where L : struct, ISimd<V, float> => L.ShiftLeft32(bits, 16);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Narrow<V, L>(V value) where V : struct where L : struct, ISimd<V, float>
        {
            var odd = L.And(L.ShiftRight32(value, 16), L.CreateInt32(1));
            var rounded = L.AddInt32(L.AddInt32(value, L.CreateInt32(0x7FFF)), odd);
            var quiet = L.Or(value, L.CreateInt32(0x400000));
            return L.ShiftRight32(L.Select(L.Equal(value, value), rounded, quiet), 16);
        }
    }
}
