using System.Runtime.InteropServices;
using Google.Protobuf;
using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

internal sealed partial class GraphBuilder
{
    private readonly Dictionary<(OnnxType Type, int Rank, ByteString Bytes), GraphValue> _constants = [];

    /// <summary>Numbers that come from shapes: sizes, bounds of slices. Never bypass this for them.</summary>
    public GraphValue Sizes(ReadOnlySpan<long> values) => sizes.Vector(this, values);

    /// <summary>A one-dimensional int64 constant: axes, steps, whatever no size decides.</summary>
    public GraphValue Ints(ReadOnlySpan<long> values) =>
        Constant(OnnxType.Int64, [values.Length], ByteString.CopyFrom(MemoryMarshal.AsBytes(values)));

    /// <summary>A number without dimensions.</summary>
    public GraphValue Number(OnnxType type, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        switch (type)
        {
            case OnnxType.Float: MemoryMarshal.Write(bytes, (float)value); break;
            case OnnxType.Double: MemoryMarshal.Write(bytes, value); break;
            case OnnxType.Float16: MemoryMarshal.Write(bytes, (Half)value); break;
            case OnnxType.Bfloat16: MemoryMarshal.Write(bytes, ((BFloat16)(float)value).Bits); break;
            default: return Number(type, (long)value);
        }

        return Constant(type, Shape.Scalar, ByteString.CopyFrom(bytes[..type.Size()]));
    }

    /// <summary>An integer without dimensions.</summary>
    public GraphValue Number(OnnxType type, long value)
    {
        if (type.IsFloat())
            return Number(type, (double)value);
        return Constant(type, Shape.Scalar, ByteString.CopyFrom(MemoryMarshal.AsBytes(new ReadOnlySpan<long>(in value))[..type.Size()]));
    }

    /// <summary>An initializer; equal ones are shared.</summary>
    public GraphValue Constant(OnnxType type, Shape shape, ByteString littleEndian)
    {
        bool shared = shape.Rank <= 1 && littleEndian.Length <= 256;
        if (shared && _constants.TryGetValue((type, shape.Rank, littleEndian), out var known))
            return known;
        var value = new GraphValue($"c{_graph.Initializer.Count}", type, shape);
        var tensor = new TensorProto { Name = value.Name, DataType = (int)type, RawData = littleEndian };
        foreach (long size in shape.AsSpan())
            tensor.Dims.Add(size);
        _graph.Initializer.Add(tensor);
        if (shared)
            _constants.Add((type, shape.Rank, littleEndian), value);
        return value;
    }
}
