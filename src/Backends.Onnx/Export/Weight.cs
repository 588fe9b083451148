using Google.Protobuf;

namespace Nabla;

/// <summary>A constant of a model: a parameter, a buffer, or another tensor that the function used.</summary>
internal sealed record Weight(string Name, TensorSpec Spec, HostCopy Data)
{
    /// <summary>The tensor without its numbers.</summary>
    public TensorProto Describe()
    {
        var tensor = new TensorProto { Name = Name, DataType = (int)Spec.DType.Onnx() };
        tensor.Dims.AddRange(Spec.Shape);
        return tensor;
    }

    /// <summary>The tensor with its numbers inside.</summary>
    public TensorProto Embed()
    {
        var tensor = Describe();
        tensor.RawData = UnsafeByteOperations.UnsafeWrap(Data.ToArray());
        return tensor;
    }
}
