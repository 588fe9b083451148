namespace Nabla;

/// <summary>An input in the type that it computes in, wherever its strides put it: the input itself, or a float32 copy of a half type.</summary>
internal readonly ref struct WideInput
{
    private readonly bool _isCopy;

    public WideInput(CpuDevice device, DeviceTensor tensor)
    {
        Tensor = tensor;
        var wide = tensor.DType.Accumulator();
        if (wide == tensor.DType)
            return;
        Tensor = device.Allocate(new(wide, tensor.Shape));
        _isCopy = true;
        Copies.Convert(device.Workers, Tensor, tensor);
    }

    /// <summary>Null by default alone.</summary>
    public DeviceTensor? Tensor { get; }

    public void Dispose()
    {
        if (_isCopy)
            Tensor!.Storage.Release();
    }
}
