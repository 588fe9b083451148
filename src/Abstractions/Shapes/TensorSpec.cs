namespace Nabla;

/// <summary>Element type and shape: all that <see cref="Op.Infer"/> needs to know of a tensor.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes.</param>
public readonly record struct TensorSpec(DType DType, Shape Shape)
{
    /// <summary>Bytes of the dense tensor.</summary>
    public long ByteLength => Shape.ElementCount * DType.Size();

    /// <summary>For messages: <c>float32[2, 3]</c>.</summary>
    public override string ToString() => $"{DType.Name()}{Shape}";
}
