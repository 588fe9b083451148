using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>64-bit lanes.</content>
internal readonly unsafe partial struct Simd128<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AddInt64(Vector128<T> x, Vector128<T> y) => (x.AsInt64() + y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> SubtractInt64(Vector128<T> x, Vector128<T> y) => (x.AsInt64() - y.AsInt64()).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftLeft64(Vector128<T> x, int count) => Vector128.ShiftLeft(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> ShiftRight64(Vector128<T> x, int count) => Vector128.ShiftRightLogical(x.AsInt64(), count).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> CreateInt64(long value) => Vector128.Create(value).As<long, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyUInt32(Vector128<T> x, Vector128<T> y) => Sse2.IsSupported ? Sse2.Multiply(x.AsUInt32(), y.AsUInt32()).As<ulong, T>()
        : AdvSimd.IsSupported ? AdvSimd.MultiplyWideningLower(AdvSimd.ExtractNarrowingLower(x.AsUInt64()), AdvSimd.ExtractNarrowingLower(y.AsUInt64())).As<ulong, T>()
        : ((x.AsUInt64() & Vector128.Create((ulong)uint.MaxValue)) * (y.AsUInt64() & Vector128.Create((ulong)uint.MaxValue))).As<ulong, T>();
}
