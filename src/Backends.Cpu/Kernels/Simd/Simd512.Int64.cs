using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>64-bit lanes.</content>
internal readonly unsafe partial struct Simd512<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddInt64(Vector512<T> x, Vector512<T> y) => (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> SubtractInt64(Vector512<T> x, Vector512<T> y) => (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftLeft64(Vector512<T> x, int count) => Vector512.ShiftLeft(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ShiftRight64(Vector512<T> x, int count) => Vector512.ShiftRightLogical(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> CreateInt64(long value) => Vector512.Create(value).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyUInt32(Vector512<T> x, Vector512<T> y) => Avx512F.IsSupported
        ? Avx512F.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>()
        : ((x.AsUInt64() & Vector512.Create((ulong)uint.MaxValue)) * (y.AsUInt64() & Vector512.Create((ulong)uint.MaxValue))).As<ulong, T>();
}
