namespace Nabla;

/// <summary>A number in the representation of an element type, or of the type in which a kernel computes it.</summary>
internal readonly struct RawScalar
{
    public readonly long Bits;

    private RawScalar(long bits, int size) => (Bits, Size) = (bits, size);

    public int Size { get; }

    /// <summary>As stored: for kernels that only move elements.</summary>
    public static RawScalar Stored(Scalar value, DType dtype) => dtype switch
    {
        DType.Bool => new(value.ToBool() ? 1 : 0, 1),
        DType.UInt8 or DType.Int8 => new(value.ToInt64() & 0xFF, 1),
        DType.Int16 => new(value.ToInt64() & 0xFFFF, 2),
        DType.Int32 => new((uint)value.ToInt64(), 4),
        DType.Int64 => new(value.ToInt64(), 8),
        DType.Float16 => new(BitConverter.HalfToUInt16Bits((Half)value.ToDouble()), 2),
        DType.BFloat16 => new(((BFloat16)(float)value.ToDouble()).Bits, 2),
        DType.Float32 => new(BitConverter.SingleToUInt32Bits((float)value.ToDouble()), 4),
        _ => new(BitConverter.DoubleToInt64Bits(value.ToDouble()), 8),
    };

    /// <summary>Rounded to the element type, in the type that kernels compute it in: float for half types, int for small integers.</summary>
    public static RawScalar Computed(Scalar value, DType dtype) => dtype switch
    {
        DType.Bool => new(value.ToBool() ? 1 : 0, 4),
        DType.UInt8 => new((byte)value.ToInt64(), 4),
        DType.Int8 => new((uint)(sbyte)value.ToInt64(), 4),
        DType.Int16 => new((uint)(short)value.ToInt64(), 4),
        DType.Float16 => new(BitConverter.SingleToUInt32Bits((float)(Half)value.ToDouble()), 4),
        DType.BFloat16 => new(BitConverter.SingleToUInt32Bits((BFloat16)(float)value.ToDouble()), 4),
        _ => Stored(value, dtype),
    };
}
