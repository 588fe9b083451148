using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>The first lanes alone.</content>
internal readonly unsafe partial struct Simd512<T>
{
    public static bool HasMaskedLoad => sizeof(T) >= sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(int count)
    {
        if (sizeof(T) == 1) return Vector512.LessThan(Vector512<sbyte>.Indices, Vector512.Create((sbyte)count)).As<sbyte, T>();
        if (sizeof(T) == 2) return Vector512.LessThan(Vector512<short>.Indices, Vector512.Create((short)count)).As<short, T>();
        if (sizeof(T) == 4) return Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(count)).As<int, T>();
        return Vector512.LessThan(Vector512<long>.Indices, Vector512.Create((long)count)).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadMasked(T* source, Vector512<T> mask)
    {
        if (sizeof(T) == sizeof(float)) return Avx512F.MaskLoad((float*)source, mask.AsSingle(), Vector512<float>.Zero).As<float, T>();
        if (sizeof(T) == sizeof(double)) return Avx512F.MaskLoad((double*)source, mask.AsDouble(), Vector512<double>.Zero).As<double, T>();
        var value = Vector512<T>.Zero;
        Buffer.MemoryCopy(source, &value, sizeof(Vector512<T>), BytesOf(mask));
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMasked(T* destination, Vector512<T> value, Vector512<T> mask)
    {
        if (sizeof(T) == sizeof(float)) Avx512F.MaskStore((float*)destination, mask.AsSingle(), value.AsSingle());
        else if (sizeof(T) == sizeof(double)) Avx512F.MaskStore((double*)destination, mask.AsDouble(), value.AsDouble());
        else Buffer.MemoryCopy(&value, destination, sizeof(Vector512<T>), BytesOf(mask));
    }

    /// <summary>The bytes of the first lanes that a mask covers.</summary>
    private static int BytesOf(Vector512<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits());
}
