namespace Nabla.Tests;

/// <summary>A device that computes nothing, and whose memory no other reaches: its tensors are in the wrong place everywhere.</summary>
internal sealed class ForeignDevice : IDevice
{
    private readonly HostMemoryPool _pool;

    public ForeignDevice() => _pool = new HostMemoryPool(this, 1 << 20);

    public DeviceId Id { get; } = "foreign";

    public DeviceTraits Traits { get; } = new();

    public IMemoryPool Memory => _pool;

    /// <summary>A tensor without meaningful values.</summary>
    public Tensor Tensor(params long[] dims) => new(Allocate(new(DType.Float64, Shape.Create(dims))));

    public DeviceTensor Allocate(in TensorSpec spec) => DeviceTensor.Dense(spec, _pool.Rent(spec.ByteLength));

    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    public Gap? Missing(OpKind kind, DType dtype) => null;

    public void Execute(in OpCall call, Span<DeviceTensor> outputs) => throw new NotSupportedException();

    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0) => throw new NotSupportedException();

    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0) => throw new NotSupportedException();

    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Evaluate(ReadOnlySpan<DeviceTensor> roots)
    {
    }

    public void Synchronize()
    {
    }

    public void Dispose() => _pool.Close();
}
