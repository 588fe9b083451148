using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Conversions: only where AVX2 is, so that its own instructions may be used.</content>
internal readonly unsafe partial struct Simd256<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector256.Equals(Vector256.Load(source), Vector256<byte>.Zero).As<byte, T>();
        if (sizeof(T) == 2) return ~Vector256.Equals(Avx2.ConvertToVector256Int16(source), Vector256<short>.Zero).As<short, T>();
        if (sizeof(T) == 4) return ~Vector256.Equals(Avx2.ConvertToVector256Int32(source), Vector256<int>.Zero).As<int, T>();
        return ~Vector256.Equals(Avx2.ConvertToVector256Int64(source), Vector256<long>.Zero).As<long, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(byte* destination, Vector256<T> mask)
    {
        if (sizeof(T) == 1) (mask.AsByte() & Vector256.Create((byte)1)).Store(destination);
        else if (sizeof(T) == 2) (Vector128.Narrow(mask.AsUInt16().GetLower(), mask.AsUInt16().GetUpper()) & Vector128.Create((byte)1)).Store(destination);
        else if (sizeof(T) == 4) StoreInt8(destination, mask & Vector256.Create(1u).As<uint, T>());
        else
        {
            var words = Vector128.Narrow(mask.AsUInt64().GetLower(), mask.AsUInt64().GetUpper());
            Simd128<uint>.StoreInt8(destination, words & Vector128.Create(1u));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadUInt8(byte* source) => Avx2.ConvertToVector256Int32(source).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadInt8(sbyte* source) => Avx2.ConvertToVector256Int32(source).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadUInt16(ushort* source) => Avx2.ConvertToVector256Int32(source).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadInt16(short* source) => Avx2.ConvertToVector256Int32(source).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LoadInt64(long* source, out Vector256<T> low)
    {
        Vector256<long> a = Vector256.Load(source), b = Vector256.Load(source + 4);
        low = Vector256.Narrow(a, b).As<int, T>();
        var bias = Vector256.Create(1L << 31); // moves the range of int32 to the low halves
        return (((a + bias) | (b + bias)) & Vector256.Create(~0xFFFFFFFFL)) == Vector256<long>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> LoadDouble(double* source) => Vector256.Create(
        Avx.ConvertToVector128Single(Vector256.Load(source)), Avx.ConvertToVector128Single(Vector256.Load(source + 4))).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TruncateDouble(double* source, out Vector256<T> truncated)
    {
        Vector256<double> a = Vector256.Load(source), b = Vector256.Load(source + 4), limit = Vector256.Create(2147483648.0);
        truncated = Vector256.Create(Avx.ConvertToVector128Int32WithTruncation(a), Avx.ConvertToVector128Int32WithTruncation(b)).As<int, T>();
        return Vector256.LessThanAll(Vector256.Abs(a), limit) && Vector256.LessThanAll(Vector256.Abs(b), limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt8(byte* destination, Vector256<T> value)
    {
        var words = Vector128.Narrow(value.AsUInt32().GetLower(), value.AsUInt32().GetUpper());
        *(ulong*)destination = Vector128.Narrow(words, words).AsUInt64().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt16(ushort* destination, Vector256<T> value) =>
        Vector128.Narrow(value.AsUInt32().GetLower(), value.AsUInt32().GetUpper()).Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt64(long* destination, Vector256<T> value)
    {
        Avx2.ConvertToVector256Int64(value.AsInt32().GetLower()).Store(destination);
        Avx2.ConvertToVector256Int64(value.AsInt32().GetUpper()).Store(destination + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDouble(double* destination, Vector256<T> value)
    {
        Avx.ConvertToVector256Double(value.AsSingle().GetLower()).Store(destination);
        Avx.ConvertToVector256Double(value.AsSingle().GetUpper()).Store(destination + 4);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WidenLower(Vector256<T> x) => Avx.ConvertToVector256Double(x.AsSingle().GetLower()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> WidenUpper(Vector256<T> x) => Avx.ConvertToVector256Double(x.AsSingle().GetUpper()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<T> AddDouble(Vector256<T> x, Vector256<T> y) => (x.AsDouble() + y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Vector256<T> x) => Vector256.Sum(x.AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32AsDouble(double* destination, Vector256<T> value)
    {
        Avx.ConvertToVector256Double(value.AsInt32().GetLower()).Store(destination);
        Avx.ConvertToVector256Double(value.AsInt32().GetUpper()).Store(destination + 4);
    }
}
