namespace Nabla;

/// <summary>A dense form of an input, in the type that it computes in: the input itself, or a temporary that is released on disposal.</summary>
internal readonly unsafe ref struct DenseInput
{
    private readonly DeviceTensor? _temporary;

    /// <param name="device">Where.</param>
    /// <param name="tensor">The input.</param>
    /// <param name="widen">Half types become float32.</param>
    public DenseInput(CpuDevice device, DeviceTensor tensor, bool widen = true)
    {
        var dtype = widen ? tensor.DType.Accumulator() : tensor.DType;
        if (tensor.IsContiguous && dtype == tensor.DType)
        {
            Pointer = Operand.Host(tensor);
            return;
        }

        _temporary = device.Allocate(new(dtype, tensor.Shape));
        Pointer = Operand.Host(_temporary);
        if (dtype == tensor.DType)
            Copies.Run(device.Workers, _temporary, tensor);
        else
            Copies.Convert(device.Workers, _temporary, tensor);
    }

    public byte* Pointer { get; }

    public void Dispose() => _temporary?.Storage.Release();
}
