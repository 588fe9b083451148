using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>The first lanes alone.</content>
internal readonly unsafe partial struct Simd256<T>
{
    public static bool HasMaskedLoad => sizeof(T) >= sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask(int count)
    {
        if (sizeof(T) == 1) return Vector256.LessThan(Vector256<sbyte>.Indices, Vector256.Create((sbyte)count)).As<sbyte, T>();
        if (sizeof(T) == 2) return Vector256.LessThan(Vector256<short>.Indices, Vector256.Create((short)count)).As<short, T>();
        if (sizeof(T) == 4) return Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).As<int, T>();
        return Vector256.LessThan(Vector256<long>.Indices, Vector256.Create((long)count)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadMasked(T* source, Vector256<T> mask)
    {
        if (sizeof(T) == sizeof(float)) return Avx.MaskLoad((float*)source, mask.AsSingle()).As<float, T>();
        if (sizeof(T) == sizeof(double)) return Avx.MaskLoad((double*)source, mask.AsDouble()).As<double, T>();
        var value = Vector256<T>.Zero;
        Buffer.MemoryCopy(source, &value, sizeof(Vector256<T>), BytesOf(mask));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* destination, Vector256<T> value, Vector256<T> mask)
    {
        if (sizeof(T) == sizeof(float)) Avx.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        else if (sizeof(T) == sizeof(double)) Avx.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
        else Buffer.MemoryCopy(&value, destination, sizeof(Vector256<T>), BytesOf(mask));
    }

    /// <summary>The bytes of the first lanes that a mask covers.</summary>
    private static int BytesOf(Vector256<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits());
}
