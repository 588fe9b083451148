using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <content>Conversions: what every machine with vectors has. Four bytes are read and written as one word, never more than the elements.</content>
internal readonly unsafe partial struct Simd128<T>
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadMask(byte* source)
    {
        if (sizeof(T) == 1) return ~Vector128.Equals(Vector128.Load(source), Vector128<byte>.Zero).As<byte, T>();
        if (sizeof(T) == 2) return ~Vector128.Equals(Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsByte()), Vector128<ushort>.Zero).As<ushort, T>();
        if (sizeof(T) == 4) return ~Vector128.Equals(LoadUInt8(source).AsUInt32(), Vector128<uint>.Zero).As<uint, T>();
        return ~Vector128.Equals(Vector128.Create(source[0], (ulong)source[1]), Vector128<ulong>.Zero).As<ulong, T>();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreMask(byte* destination, Vector128<T> mask)
    {
        if (sizeof(T) == 1) (mask.AsByte() & Vector128.Create((byte)1)).Store(destination);
        else if (sizeof(T) == 2)
        {
            var ones = mask.AsUInt16() & Vector128.Create((ushort)1);
            *(ulong*)destination = Vector128.Narrow(ones, ones).AsUInt64().ToScalar();
        }
        else if (sizeof(T) == 4) StoreInt8(destination, mask & Vector128.Create(1u).As<uint, T>());
        else
        {
            destination[0] = (byte)(mask.AsUInt64().ToScalar() & 1);
            destination[1] = (byte)(mask.AsUInt64().GetElement(1) & 1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadUInt8(byte* source) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)source).AsByte())).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadInt8(sbyte* source) =>
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(*(uint*)source).AsSByte())).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadUInt16(ushort* source) => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsUInt16()).As<uint, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadInt16(short* source) => Vector128.WidenLower(Vector128.CreateScalar(*(ulong*)source).AsInt16()).As<int, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool LoadInt64(long* source, out Vector128<T> low)
    {
        Vector128<long> a = Vector128.Load(source), b = Vector128.Load(source + 2);
        low = Vector128.Narrow(a, b).As<int, T>();
        var bias = Vector128.Create(1L << 31); // moves the range of int32 to the low halves
        return (((a + bias) | (b + bias)) & Vector128.Create(~0xFFFFFFFFL)) == Vector128<long>.Zero;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> LoadDouble(double* source) => Vector128.Narrow(Vector128.Load(source), Vector128.Load(source + 2)).As<float, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TruncateDouble(double* source, out Vector128<T> truncated)
    {
        Vector128<double> a = Vector128.Load(source), b = Vector128.Load(source + 2), limit = Vector128.Create(2147483648.0);
        if (Sse2.IsSupported)
            truncated = Vector128.Create(
                Sse2.ConvertToVector128Int32WithTruncation(a).GetLower(), Sse2.ConvertToVector128Int32WithTruncation(b).GetLower()).As<int, T>();
        else if (AdvSimd.Arm64.IsSupported)
            truncated = Vector128.Narrow(AdvSimd.Arm64.ConvertToInt64RoundToZero(a), AdvSimd.Arm64.ConvertToInt64RoundToZero(b)).As<int, T>();
        else
            truncated = Vector128.Narrow(Vector128.ConvertToInt64(a), Vector128.ConvertToInt64(b)).As<int, T>();
        return Vector128.LessThanAll(Vector128.Abs(a), limit) && Vector128.LessThanAll(Vector128.Abs(b), limit);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt8(byte* destination, Vector128<T> value)
    {
        var words = Vector128.Narrow(value.AsUInt32(), value.AsUInt32());
        *(uint*)destination = Vector128.Narrow(words, words).AsUInt32().ToScalar();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt16(ushort* destination, Vector128<T> value) =>
        *(ulong*)destination = Vector128.Narrow(value.AsUInt32(), value.AsUInt32()).AsUInt64().ToScalar();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt64(long* destination, Vector128<T> value)
    {
        Vector128.WidenLower(value.AsInt32()).Store(destination);
        Vector128.WidenUpper(value.AsInt32()).Store(destination + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreDouble(double* destination, Vector128<T> value)
    {
        Vector128.WidenLower(value.AsSingle()).Store(destination);
        Vector128.WidenUpper(value.AsSingle()).Store(destination + 2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WidenLower(Vector128<T> x) => Vector128.WidenLower(x.AsSingle()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> WidenUpper(Vector128<T> x) => Vector128.WidenUpper(x.AsSingle()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<T> AddDouble(Vector128<T> x, Vector128<T> y) => (x.AsDouble() + y.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double SumDouble(Vector128<T> x) => Vector128.Sum(x.AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreInt32AsDouble(double* destination, Vector128<T> value)
    {
        if (Sse2.IsSupported)
        {
            Sse2.ConvertToVector128Double(value.AsInt32()).Store(destination);
            Sse2.ConvertToVector128Double(Vector128.Shuffle(value.AsInt32(), Vector128.Create(2, 3, 2, 3))).Store(destination + 2);
            return;
        }

        Vector128.ConvertToDouble(Vector128.WidenLower(value.AsInt32())).Store(destination);
        Vector128.ConvertToDouble(Vector128.WidenUpper(value.AsInt32())).Store(destination + 2);
    }
}
