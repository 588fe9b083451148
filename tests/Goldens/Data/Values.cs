using System.Runtime.InteropServices;

namespace Nabla.Goldens;

/// <summary>Elements on the host: integers and bools exactly, floating numbers as binary64 (which holds all of them).</summary>
internal sealed class Values
{
    private Values(DType dtype, long[] shape, double[]? floats, long[]? integers) =>
        (DType, Shape, Floats, Integers) = (dtype, shape, floats, integers);

    public DType DType { get; }

    public long[] Shape { get; }

    public double[]? Floats { get; }

    public long[]? Integers { get; }

    public int Count => Floats?.Length ?? Integers!.Length;

    public string Spec => $"{DType.Name()}[{string.Join(", ", Shape)}]";

    public double this[int index] => Floats is { } floats ? floats[index] : Integers![index];

    /// <summary>Elements in row-major order, little-endian.</summary>
    public static Values Of(DType dtype, long[] shape, ReadOnlySpan<byte> bytes) => dtype switch
    {
        DType.Bool or DType.UInt8 => Exact<byte>(dtype, shape, bytes, v => v),
        DType.Int8 => Exact<sbyte>(dtype, shape, bytes, v => v),
        DType.Int16 => Exact<short>(dtype, shape, bytes, v => v),
        DType.Int32 => Exact<int>(dtype, shape, bytes, v => v),
        DType.Int64 => Exact<long>(dtype, shape, bytes, v => v),
        DType.Float16 => Wide<Half>(dtype, shape, bytes, v => (double)v),
        DType.BFloat16 => Wide<BFloat16>(dtype, shape, bytes, v => (float)v),
        DType.Float32 => Wide<float>(dtype, shape, bytes, v => v),
        _ => Wide<double>(dtype, shape, bytes, v => v),
    };

    /// <summary>Reads a tensor in its own element type, so that nothing but a copy is asked of its device.</summary>
    public static Values Of(Tensor tensor) => tensor.DType switch
    {
        DType.Bool => Read<bool>(tensor),
        DType.UInt8 => Read<byte>(tensor),
        DType.Int8 => Read<sbyte>(tensor),
        DType.Int16 => Read<short>(tensor),
        DType.Int32 => Read<int>(tensor),
        DType.Int64 => Read<long>(tensor),
        DType.Float16 => Read<Half>(tensor),
        DType.BFloat16 => Read<BFloat16>(tensor),
        DType.Float32 => Read<float>(tensor),
        _ => Read<double>(tensor),
    };

    /// <summary>Equal in shape and type, as one along a new first dimension.</summary>
    public static Values Stack(IReadOnlyList<Values> parts) => new(
        parts[0].DType,
        [parts.Count, .. parts[0].Shape],
        parts[0].Floats is null ? null : [.. parts.SelectMany(p => p.Floats!)],
        parts[0].Integers is null ? null : [.. parts.SelectMany(p => p.Integers!)]);

    public override string ToString()
    {
        const int Shown = 8;
        var items = Enumerable.Range(0, Math.Min(Count, Shown)).Select(i => Floats is { } f ? $"{f[i]:R}" : $"{Integers![i]}");
        return $"{Spec} ({string.Join(", ", items)}{(Count > Shown ? ", …" : "")})";
    }

    private static Values Read<T>(Tensor tensor) where T : unmanaged =>
        Of(tensor.DType, tensor.Shape.ToArray(), MemoryMarshal.AsBytes(tensor.ToArray<T>().AsSpan()));

    private static Values Exact<T>(DType dtype, long[] shape, ReadOnlySpan<byte> bytes, Func<T, long> widen) where T : unmanaged =>
        new(dtype, shape, null, Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), v => widen(v)));

    private static Values Wide<T>(DType dtype, long[] shape, ReadOnlySpan<byte> bytes, Func<T, double> widen) where T : unmanaged =>
        new(dtype, shape, Array.ConvertAll(MemoryMarshal.Cast<byte, T>(bytes).ToArray(), v => widen(v)), null);
}
