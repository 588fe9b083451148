using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Interleaving.</content>
internal readonly unsafe partial struct Simd512<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPieces(byte* source, nint stride)
    {
        // Not Vector512.Create of two halves: that inserts both, the first into a register with a history, which it waits for.
        var pieces = Simd256<T>.LoadPieces(source, stride).ToVector512Unsafe().AsInt32();
        pieces = Avx512F.InsertVector128(pieces, Vector128.Load((int*)(source + (2 * stride))), 2);
        return Avx512F.InsertVector128(pieces, Vector128.Load((int*)(source + (3 * stride))), 3).As<int, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveLow(Vector512<T> x, Vector512<T> y)
    {
        if (sizeof(T) == 1) return Avx512BW.UnpackLow(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Avx512BW.UnpackLow(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Avx512F.UnpackLow(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Avx512F.UnpackLow(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveHigh(Vector512<T> x, Vector512<T> y)
    {
        if (sizeof(T) == 1) return Avx512BW.UnpackHigh(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Avx512BW.UnpackHigh(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Avx512F.UnpackHigh(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Avx512F.UnpackHigh(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }
}
