namespace Nabla;

/// <summary>A tensor for the inside of an operation. It goes back to the pool as soon as the commands that use it are enqueued.</summary>
internal readonly ref struct Scratch
{
    public Scratch(OpenClDevice device, DType dtype, Shape shape) => Tensor = device.Allocate(new TensorSpec(dtype, shape));

    public DeviceTensor Tensor { get; }

    /// <summary>The type of kernels' variables for elements of a type, as C in types.cl.</summary>
    public static DType Computed(DType dtype) => dtype switch
    {
        DType.Float16 or DType.BFloat16 => DType.Float32,
        DType.Bool or DType.UInt8 or DType.Int8 or DType.Int16 => DType.Int32,
        _ => dtype,
    };

    public void Dispose() => Tensor.Storage.Release();
}
