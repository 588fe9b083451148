using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>64-bit lanes.</content>
internal readonly unsafe partial struct Simd256<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddInt64(Vector256<T> x, Vector256<T> y) => (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> SubtractInt64(Vector256<T> x, Vector256<T> y) => (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftLeft64(Vector256<T> x, int count) => Vector256.ShiftLeft(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> ShiftRight64(Vector256<T> x, int count) => Vector256.ShiftRightLogical(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> CreateInt64(long value) => Vector256.Create(value).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyUInt32(Vector256<T> x, Vector256<T> y) => Avx2.IsSupported
        ? Avx2.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>()
        : ((x.AsUInt64() & Vector256.Create((ulong)uint.MaxValue)) * (y.AsUInt64() & Vector256.Create((ulong)uint.MaxValue))).As<ulong, T>();
}
