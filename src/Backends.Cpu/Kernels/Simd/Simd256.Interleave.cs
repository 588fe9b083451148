using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Interleaving.</content>
internal readonly unsafe partial struct Simd256<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPieces(byte* source, nint stride) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + stride)).As<byte, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveLow(Vector256<T> x, Vector256<T> y)
    {
        if (sizeof(T) == 1) return Avx2.UnpackLow(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Avx2.UnpackLow(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Avx2.UnpackLow(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Avx2.UnpackLow(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveHigh(Vector256<T> x, Vector256<T> y)
    {
        if (sizeof(T) == 1) return Avx2.UnpackHigh(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Avx2.UnpackHigh(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Avx2.UnpackHigh(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Avx2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }
}
