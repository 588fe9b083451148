using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>ONNX's names for element types, and the types in which ONNX Runtime's CPU kernels compute.</summary>
internal static class OnnxTypes
{
    public static OnnxType Onnx(this DType dtype) => dtype switch
    {
        DType.Bool => OnnxType.Bool,
        DType.UInt8 => OnnxType.Uint8,
        DType.Int8 => OnnxType.Int8,
        DType.Int16 => OnnxType.Int16,
        DType.Int32 => OnnxType.Int32,
        DType.Int64 => OnnxType.Int64,
        DType.Float16 => OnnxType.Float16,
        DType.BFloat16 => OnnxType.Bfloat16,
        DType.Float32 => OnnxType.Float,
        DType.Float64 => OnnxType.Double,
        _ => throw new ArgumentOutOfRangeException(nameof(dtype), dtype, "Not an element type."),
    };

    /// <summary>
    /// Where arithmetic happens: half types in float32, small integers in int32 (many kernels lack them, and the cast back keeps the low
    /// bits, so that they wrap), bool as uint8.
    /// </summary>
    public static OnnxType Compute(this OnnxType type) => type switch
    {
        OnnxType.Float16 or OnnxType.Bfloat16 => OnnxType.Float,
        OnnxType.Uint8 or OnnxType.Int8 or OnnxType.Int16 => OnnxType.Int32,
        OnnxType.Bool => OnnxType.Uint8,
        _ => type,
    };

    public static bool IsFloat(this OnnxType type) => type is OnnxType.Float or OnnxType.Double or OnnxType.Float16 or OnnxType.Bfloat16;

    public static int Size(this OnnxType type) => type switch
    {
        OnnxType.Bool or OnnxType.Uint8 or OnnxType.Int8 => 1,
        OnnxType.Int16 or OnnxType.Uint16 or OnnxType.Float16 or OnnxType.Bfloat16 => 2,
        OnnxType.Int32 or OnnxType.Uint32 or OnnxType.Float => 4,
        _ => 8,
    };
}
