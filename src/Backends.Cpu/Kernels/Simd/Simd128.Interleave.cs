using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Interleaving.</content>
internal readonly unsafe partial struct Simd128<T>
{
    /// <summary>Whether interleaving is an instruction; there is no form of it for all machines.</summary>
    public static bool Interleaves => Sse2.IsSupported || AdvSimd.Arm64.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadPieces(byte* source, nint stride) => Vector128.Load(source).As<byte, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveLow(Vector128<T> x, Vector128<T> y)
    {
        if (AdvSimd.Arm64.IsSupported)
        {
            if (sizeof(T) == 1) return AdvSimd.Arm64.ZipLow(x.AsByte(), y.AsByte()).As<byte, T>();
            if (sizeof(T) == 2) return AdvSimd.Arm64.ZipLow(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
            if (sizeof(T) == 4) return AdvSimd.Arm64.ZipLow(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
            return AdvSimd.Arm64.ZipLow(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
        }

        if (sizeof(T) == 1) return Sse2.UnpackLow(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Sse2.UnpackLow(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Sse2.UnpackLow(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Sse2.UnpackLow(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveHigh(Vector128<T> x, Vector128<T> y)
    {
        if (AdvSimd.Arm64.IsSupported)
        {
            if (sizeof(T) == 1) return AdvSimd.Arm64.ZipHigh(x.AsByte(), y.AsByte()).As<byte, T>();
            if (sizeof(T) == 2) return AdvSimd.Arm64.ZipHigh(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
            if (sizeof(T) == 4) return AdvSimd.Arm64.ZipHigh(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
            return AdvSimd.Arm64.ZipHigh(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
        }

        if (sizeof(T) == 1) return Sse2.UnpackHigh(x.AsByte(), y.AsByte()).As<byte, T>();
        if (sizeof(T) == 2) return Sse2.UnpackHigh(x.AsUInt16(), y.AsUInt16()).As<ushort, T>();
        if (sizeof(T) == 4) return Sse2.UnpackHigh(x.AsUInt32(), y.AsUInt32()).As<uint, T>();
        return Sse2.UnpackHigh(x.AsUInt64(), y.AsUInt64()).As<ulong, T>();
    }
}
