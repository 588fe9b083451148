using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;

namespace Nabla;

/// <summary>128-bit lanes (SSE, NEON): no masked memory access, so masks are walked lane by lane, outside the inner loop only.</summary>
internal readonly unsafe struct Lanes128<T> : ILanes<Vector128<T>, T> where T : unmanaged, INumberBase<T>
{
    public static int Count => Vector128<T>.Count;

    public static int MaxRows => AdvSimd.IsSupported ? 12 : 6;

    public static bool HasMaskedLoad => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Load(T* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector128<T> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Broadcast(T* source) => Vector128.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Add(Vector128<T> x, Vector128<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> addend) => typeof(T) == typeof(float)
        ? Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), addend.AsSingle()).As<float, T>()
        : Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), addend.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(int count) => typeof(T) == typeof(float)
        ? Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(count)).As<int, T>()
        : Vector128.LessThan(Vector128<long>.Indices, Vector128.Create((long)count)).As<long, T>();

    public static Vector128<T> LoadMasked(T* source, Vector128<T> mask)
    {
        var value = Vector128<T>.Zero;
        for (var lane = 0; lane < ActiveLanes(mask); lane++) value = value.WithElement(lane, source[lane]);
        return value;
    }

    public static void StoreMasked(T* destination, Vector128<T> value, Vector128<T> mask)
    {
        for (var lane = 0; lane < ActiveLanes(mask); lane++) destination[lane] = value.GetElement(lane);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value, T addend) => Vector128.Sum(value) + addend;

    private static int ActiveLanes(Vector128<T> mask) =>
        BitOperations.PopCount(typeof(T) == typeof(float)
            ? mask.AsSingle().ExtractMostSignificantBits()
            : mask.AsDouble().ExtractMostSignificantBits());
}
