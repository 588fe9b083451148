namespace Nabla;

/// <summary>An example: what it is, and its bytes, from which inputs of other sizes are made.</summary>
internal sealed class ExampleInput
{
    private readonly byte[] _bytes;
    private readonly IDevice _device;

    public ExampleInput(DeviceTensor tensor)
    {
        Spec = tensor.Spec;
        _device = tensor.Device;
        _bytes = HostCopy.OfAny(tensor).ToArray();
    }

    public TensorSpec Spec { get; }

    /// <summary>
    /// The example in other sizes: cut where they are smaller, repeated where they are larger, so that values stay what the function
    /// expects (classes stay classes).
    /// </summary>
    public (DeviceTensor Tensor, HostCopy Data) Create(Shape shape)
    {
        var data = HostCopy.From(shape == Spec.Shape ? _bytes : Resize(shape));
        var tensor = _device.Allocate(Spec with { Shape = shape });
        data.UploadTo(tensor);
        return (tensor, data);
    }

    private byte[] Resize(Shape shape)
    {
        int size = Spec.DType.Size();
        var bytes = new byte[shape.ElementCount * size];
        Span<long> index = stackalloc long[shape.Rank];
        index.Clear();
        var strides = Spec.Shape.ContiguousStrides;
        for (long to = 0; to < shape.ElementCount; to++)
        {
            long from = 0;
            for (int d = 0; d < index.Length; d++)
                from += index[d] % Spec.Shape[d] * strides[d];
            _bytes.AsSpan((int)(from * size), size).CopyTo(bytes.AsSpan((int)(to * size)));
            for (int d = index.Length - 1; d >= 0 && ++index[d] == shape[d]; d--)
                index[d] = 0;
        }

        return bytes;
    }
}
