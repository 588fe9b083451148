using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>256-bit lanes (AVX2): 16 registers hold 6 rows by two vectors.</summary>
internal readonly unsafe struct Lanes256<T> : ILanes<Vector256<T>, T> where T : unmanaged, INumberBase<T>
{
    public static int Count => Vector256<T>.Count;

    public static int MaxRows => 6;

    public static bool HasMaskedLoad => sizeof(T) >= sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Load(T* source) => Vector256.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector256<T> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Broadcast(T* source) => Vector256.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Add(Vector256<T> x, Vector256<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> MultiplyAdd(Vector256<T> x, Vector256<T> y, Vector256<T> addend)
    {
        if (typeof(T) == typeof(float)) return Vector256.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector256.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), addend.AsDouble()).As<double, T>();
        return x * y + addend;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> Mask(int count) => Vector256.LessThan(Vector256<T>.Indices, Vector256.Create(T.CreateTruncating(count)));

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadPieces(T* source, nint stride) =>
        Vector256.Create(Vector128.Load(source), Vector128.Load(source + stride));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveLow(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? Avx.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>()
        : PairLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> InterleaveHigh(Vector256<T> x, Vector256<T> y) => typeof(T) == typeof(float)
        ? Avx.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>()
        : PairHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PairLow(Vector256<T> x, Vector256<T> y) => Avx.UnpackLow(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> PairHigh(Vector256<T> x, Vector256<T> y) => Avx.UnpackHigh(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector256<T> value, T addend) => Vector256.Sum(value) + addend;

    /// <summary>The bytes of the first lanes that a mask covers.</summary>
    private static int BytesOf(Vector256<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits());
}
