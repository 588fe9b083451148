using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>512-bit lanes (AVX-512): 32 registers hold 12 rows by two vectors, and masks cost nothing.</summary>
internal readonly unsafe struct Lanes512<T> : ILanes<Vector512<T>, T> where T : unmanaged, INumberBase<T>
{
    public static int Count => Vector512<T>.Count;

    public static int MaxRows => 12;

    public static bool HasMaskedLoad => sizeof(T) >= sizeof(float);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Load(T* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(T* destination, Vector512<T> value) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Broadcast(T* source) => Vector512.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Add(Vector512<T> x, Vector512<T> y) => x + y;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd(Vector512<T> x, Vector512<T> y, Vector512<T> addend)
    {
        if (typeof(T) == typeof(float)) return Vector512.MultiplyAddEstimate(x.AsSingle(), y.AsSingle(), addend.AsSingle()).As<float, T>();
        if (typeof(T) == typeof(double)) return Vector512.MultiplyAddEstimate(x.AsDouble(), y.AsDouble(), addend.AsDouble()).As<double, T>();
        return x * y + addend;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Mask(int count) => Vector512.LessThan(Vector512<T>.Indices, Vector512.Create(T.CreateTruncating(count)));

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadPieces(T* source, nint stride)
    {
        // Not Vector512.Create of two halves: that inserts both, the first into a register with a history, which it waits for.
        var pieces = Lanes256<T>.LoadPieces(source, stride).ToVector512Unsafe().AsSingle();
        pieces = Avx512F.InsertVector128(pieces, Vector128.Load((float*)(source + 2 * stride)), 2);
        return Avx512F.InsertVector128(pieces, Vector128.Load((float*)(source + 3 * stride)), 3).As<float, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveLow(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? Avx512F.UnpackLow(x.AsSingle(), y.AsSingle()).As<float, T>()
        : PairLow(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> InterleaveHigh(Vector512<T> x, Vector512<T> y) => typeof(T) == typeof(float)
        ? Avx512F.UnpackHigh(x.AsSingle(), y.AsSingle()).As<float, T>()
        : PairHigh(x, y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PairLow(Vector512<T> x, Vector512<T> y) => Avx512F.UnpackLow(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> PairHigh(Vector512<T> x, Vector512<T> y) => Avx512F.UnpackHigh(x.AsDouble(), y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Vector512<T> value, T addend) => Vector512.Sum(value) + addend;

    /// <summary>The bytes of the first lanes that a mask covers.</summary>
    private static int BytesOf(Vector512<T> mask) => BitOperations.PopCount(mask.AsByte().ExtractMostSignificantBits());
}
