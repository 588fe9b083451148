using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// The row of a conversion, through 32-bit lanes: int32 between integers, and between integers and floats; float32 between floats. A group
/// of elements that does not fit int32 goes through the scalar conversion, so that the result is always the scalar one.
/// </summary>
internal static unsafe class CastRow<TMap, TFrom, T> where TMap : struct, IMap<TFrom, T> where TFrom : unmanaged where T : unmanaged
{
    // A call in the loop, which the compiler would make of these, would take five times what a conversion takes.
    private static bool ToInteger
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(T) != typeof(float) && typeof(T) != typeof(double);
    }

    private static bool BetweenFloats
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => !ToInteger && (typeof(TFrom) == typeof(float) || typeof(TFrom) == typeof(double));
    }

    private static bool Widens
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => typeof(TFrom) == typeof(float) && typeof(T) == typeof(double);
    }

    /// <summary>Results of 32-bit lanes, and those of twice the width, can be written past the caches as they are made.</summary>
    public static Row Create() =>
        new(&Run, streamed: (Widens || typeof(T) == typeof(float) || typeof(T) == typeof(int)) && Vector128.IsHardwareAccelerated ? &Stream : null);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0) UnaryRow<TMap, TFrom, T>.Run(y, a, b, c, count, scalars);
        else if (WideVectors.Have512) Loop<Vector512<float>, Simd512<float>>((T*)y, (TFrom*)a, count);
        else if (Vector256.IsHardwareAccelerated) Loop<Vector256<float>, Simd256<float>>((T*)y, (TFrom*)a, count);
        else if (Vector128.IsHardwareAccelerated) Loop<Vector128<float>, Simd128<float>>((T*)y, (TFrom*)a, count);
        else UnaryRow<TMap, TFrom, T>.Run(y, a, b, c, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(T* y, TFrom* x, nint count) where V : struct where L : struct, ISimd<V, float>
    {
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            if (Read<V, L>(x + i, out var lanes))
                Write<V, L>(y + i, lanes);
            else
                UnaryRow<TMap, TFrom, T>.Run((byte*)(y + i), (byte*)(x + i), null, null, L.Count, 0);
        }

        for (; i < count; i++)
            y[i] = TMap.Apply(x[i]);
    }

    /// <summary>See <see cref="Row.Streamed"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars != 0) Run(y, a, b, c, count, scalars);
        else if (WideVectors.Have512) Stream<Vector512<float>, Simd512<float>>((T*)y, (TFrom*)a, count);
        else if (Vector256.IsHardwareAccelerated) Stream<Vector256<float>, Simd256<float>>((T*)y, (TFrom*)a, count);
        else Stream<Vector128<float>, Simd128<float>>((T*)y, (TFrom*)a, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Stream<V, L>(T* y, TFrom* x, nint count) where V : struct where L : struct, ISimd<V, float>
    {
        nint i = 0;
        for (; i + L.Count <= count; i += L.Count)
        {
            if (!Read<V, L>(x + i, out var lanes))
            {
                UnaryRow<TMap, TFrom, T>.Run((byte*)(y + i), (byte*)(x + i), null, null, L.Count, 0);
            }
            else if (Widens)
            {
                L.Stream((float*)(y + i), L.WidenLower(lanes));
                L.Stream((float*)(y + i + (L.Count / 2)), L.WidenUpper(lanes));
            }
            else
            {
                L.Stream((float*)(y + i), typeof(T) == typeof(int) || BetweenFloats ? lanes : L.FromInt32(lanes));
            }
        }

        for (; i < count; i++) // half a vector of 512 bits, of float64
            y[i] = TMap.Apply(x[i]);
    }

    /// <summary>False where int32 does not hold every element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Read<V, L>(TFrom* x, out V lanes) where V : struct where L : struct, ISimd<V, float>
    {
        bool fits = true;
        if (typeof(TFrom) == typeof(byte)) lanes = L.LoadUInt8((byte*)x);
        else if (typeof(TFrom) == typeof(sbyte)) lanes = L.LoadInt8((sbyte*)x);
        else if (typeof(TFrom) == typeof(short)) lanes = L.LoadInt16((short*)x);
        else if (typeof(TFrom) == typeof(int)) lanes = L.Load((float*)x);
        else if (typeof(TFrom) == typeof(long)) fits = L.LoadInt64((long*)x, out lanes) || (ToInteger && sizeof(T) <= 4);
        else if (BetweenFloats) lanes = typeof(TFrom) == typeof(float) ? L.Load((float*)x) : L.LoadDouble((double*)x);
        else if (typeof(TFrom) == typeof(double)) fits = L.TruncateDouble((double*)x, out lanes);
        else
        {
            var value = L.Load((float*)x);
            lanes = L.ToInt32(value);
            fits = L.Bits(L.LessThan(L.Abs(value), L.Create(2147483648f))) == (1ul << L.Count) - 1;
        }

        return fits;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<V, L>(T* y, V lanes) where V : struct where L : struct, ISimd<V, float>
    {
        if (sizeof(T) == 1) L.StoreInt8((byte*)y, lanes);
        else if (sizeof(T) == 2) L.StoreInt16((ushort*)y, lanes);
        else if (typeof(T) == typeof(int)) L.Store((float*)y, lanes);
        else if (typeof(T) == typeof(long)) L.StoreInt64((long*)y, lanes);
        else if (typeof(T) == typeof(float)) L.Store((float*)y, BetweenFloats ? lanes : L.FromInt32(lanes));
        else if (BetweenFloats) L.StoreDouble((double*)y, lanes);
        else L.StoreInt32AsDouble((double*)y, lanes);
    }
}
