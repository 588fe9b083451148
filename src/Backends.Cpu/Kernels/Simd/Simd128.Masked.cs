using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <content>The first lanes alone: there are no masked instructions, so lanes go one by one through the stack.</content>
internal readonly unsafe partial struct Simd128<T>
{
    public static bool HasMaskedLoad => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(int count)
    {
        if (sizeof(T) == 1) return Vector128.LessThan(Vector128<sbyte>.Indices, Vector128.Create((sbyte)count)).As<sbyte, T>();
        if (sizeof(T) == 2) return Vector128.LessThan(Vector128<short>.Indices, Vector128.Create((short)count)).As<short, T>();
        if (sizeof(T) == 4) return Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>();
        return Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();
    }

    [SkipLocalsInit]
    public static Vector128<T> LoadMasked(T* source, Vector128<T> mask)
    {
        T* lanes = stackalloc T[Count];
        Store(lanes, default);
        int active = ActiveLanes(mask);
        for (int lane = 0; lane < active; lane++)
            lanes[lane] = source[lane];
        return Load(lanes);
    }

    [SkipLocalsInit]
    public static void StoreMasked(T* destination, Vector128<T> value, Vector128<T> mask)
    {
        T* lanes = stackalloc T[Count];
        Store(lanes, value);
        int active = ActiveLanes(mask);
        for (int lane = 0; lane < active; lane++)
            destination[lane] = lanes[lane];
    }

    private static int ActiveLanes(Vector128<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits()) / sizeof(T);
}
