using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Conversions: only where AVX-512 is, so that its own instructions may be used.</content>
internal readonly unsafe partial struct Simd512<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector512.Equals(Vector512.Load(source), Vector512<byte>.Zero).As<byte, T>();
        if (sizeof(T) == 2) return ~Vector512.Equals(Avx512BW.ConvertToVector512UInt16(Vector256.Load(source)), Vector512<ushort>.Zero).As<ushort, T>();
        if (sizeof(T) == 4) return ~Vector512.Equals(Avx512F.ConvertToVector512UInt32(Vector128.Load(source)), Vector512<uint>.Zero).As<uint, T>();
        return ~Vector512.Equals(Avx512F.ConvertToVector512UInt64(Vector128.CreateScalarUnsafe(*(ulong*)source).AsByte()), Vector512<ulong>.Zero).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(byte* destination, Vector512<T> mask)
    {
        if (sizeof(T) == 1) (mask.AsByte() & Vector512.Create((byte)1)).Store(destination);
        else if (sizeof(T) == 2) Avx512BW.ConvertToVector256Byte(mask.AsUInt16() & Vector512.Create((ushort)1)).Store(destination);
        else if (sizeof(T) == 4) Avx512F.ConvertToVector128Byte(mask.AsUInt32() & Vector512.Create(1u)).Store(destination);
        else *(ulong*)destination = Avx512F.ConvertToVector128Byte(mask.AsUInt64() & Vector512.Create(1ul)).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadUInt8(byte* source) => Avx512F.ConvertToVector512Int32(Vector128.Load(source)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadInt8(sbyte* source) => Avx512F.ConvertToVector512Int32(Vector128.Load(source)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadUInt16(ushort* source) => Avx512F.ConvertToVector512Int32(Vector256.Load(source)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadInt16(short* source) => Avx512F.ConvertToVector512Int32(Vector256.Load(source)).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LoadInt64(long* source, out Vector512<T> low)
    {
        Vector512<long> a = Vector512.Load(source), b = Vector512.Load(source + 8);
        low = Join(Avx512F.ConvertToVector256Int32(a), Avx512F.ConvertToVector256Int32(b)).As<int, T>();
        var bias = Vector512.Create(1L << 31); // moves the range of int32 to the low halves
        return (((a + bias) | (b + bias)) & Vector512.Create(~0xFFFFFFFFL)) == Vector512<long>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> LoadDouble(double* source) => Join(
        Avx512F.ConvertToVector256Single(Vector512.Load(source)), Avx512F.ConvertToVector256Single(Vector512.Load(source + 8))).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TruncateDouble(double* source, out Vector512<T> truncated)
    {
        Vector512<double> a = Vector512.Load(source), b = Vector512.Load(source + 8), limit = Vector512.Create(2147483648.0);
        truncated = Join(Avx512F.ConvertToVector256Int32WithTruncation(a), Avx512F.ConvertToVector256Int32WithTruncation(b)).As<int, T>();
        return Vector512.LessThanAll(Vector512.Abs(a), limit) && Vector512.LessThanAll(Vector512.Abs(b), limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt8(byte* destination, Vector512<T> value) => Avx512F.ConvertToVector128Byte(value.AsUInt32()).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt16(ushort* destination, Vector512<T> value) => Avx512F.ConvertToVector256UInt16(value.AsUInt32()).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt64(long* destination, Vector512<T> value)
    {
        Avx512F.ConvertToVector512Int64(value.AsInt32().GetLower()).Store(destination);
        Avx512F.ConvertToVector512Int64(value.AsInt32().GetUpper()).Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDouble(double* destination, Vector512<T> value)
    {
        Avx512F.ConvertToVector512Double(value.AsSingle().GetLower()).Store(destination);
        Avx512F.ConvertToVector512Double(value.AsSingle().GetUpper()).Store(destination + 8);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WidenLower(Vector512<T> x) => Vector512.WidenLower(x.AsSingle()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> WidenUpper(Vector512<T> x) => Vector512.WidenUpper(x.AsSingle()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AddDouble(Vector512<T> x, Vector512<T> y) => (x.AsDouble() + y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Vector512<T> x) => Vector512.Sum(x.AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32AsDouble(double* destination, Vector512<T> value)
    {
        Avx512F.ConvertToVector512Double(value.AsInt32().GetLower()).Store(destination);
        Avx512F.ConvertToVector512Double(value.AsInt32().GetUpper()).Store(destination + 8);
    }

    /// <summary>Two halves. Vector512.Create begins with a register that nothing has written: each round of a loop then waits for the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TLane> Join<TLane>(Vector256<TLane> lower, Vector256<TLane> upper) => lower.ToVector512Unsafe().WithUpper(upper);
}
