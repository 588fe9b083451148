using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

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
    public static Vector128<T> MultiplyAdd(Vector128<T> x, Vector128<T> y, Vector128<T> addend)
    {
        if (typeof(T) == typeof(float)) return Vector128.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector128.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), addend.AsDouble()).As<double, T>();
        return x * y + addend;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> Mask(int count) => Vector128.LessThan(Vector128<T>.Indices, Vector128.Create(T.CreateTruncating(count)));

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
    public static Vector128<T> LoadPieces(T* source, nint stride) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveLow(Vector128<T> x, Vector128<T> y)
    {
        if (typeof(T) != typeof(float)) return PairLow(x, y);
        if (Sse.IsSupported) return Sse.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(x.AsSingle(), y.AsSingle()).As<float, T>();
        return Vector128.Create(x.AsSingle()[0], y.AsSingle()[0], x.AsSingle()[1], y.AsSingle()[1]).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> InterleaveHigh(Vector128<T> x, Vector128<T> y)
    {
        if (typeof(T) != typeof(float)) return PairHigh(x, y);
        if (Sse.IsSupported) return Sse.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(x.AsSingle(), y.AsSingle()).As<float, T>();
        return Vector128.Create(x.AsSingle()[2], y.AsSingle()[2], x.AsSingle()[3], y.AsSingle()[3]).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PairLow(Vector128<T> x, Vector128<T> y)
    {
        if (Sse2.IsSupported) return Sse2.UnpackLow(x.AsDouble(), y.AsDouble()).As<double, T>();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(x.AsDouble(), y.AsDouble()).As<double, T>();
        return Vector128.Create(x.GetLower(), y.GetLower());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> PairHigh(Vector128<T> x, Vector128<T> y)
    {
        if (Sse2.IsSupported) return Sse2.UnpackHigh(x.AsDouble(), y.AsDouble()).As<double, T>();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(x.AsDouble(), y.AsDouble()).As<double, T>();
        return Vector128.Create(x.GetUpper(), y.GetUpper());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector128<T> value, T addend) => Vector128.Sum(value) + addend;

    private static int ActiveLanes(Vector128<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits()) / sizeof(T);
}
