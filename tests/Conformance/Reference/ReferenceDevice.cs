namespace Nabla.Tests.Reference;

/// <summary>Executes every primitive by loading the inputs, computing in <see cref="Kernels"/>, and storing the result; claims no composite.</summary>
internal unsafe class ReferenceDevice : IDevice
{
    private readonly HostMemoryPool _pool;
    private volatile bool _disposed;

    public ReferenceDevice(DeviceId id)
    {
        Id = id;
        _pool = new(this, limit: 1L << 32);
    }

    public DeviceId Id { get; }

    public DeviceTraits Traits { get; } = new() { HostMemory = true, DTypes = DTypes.All.ToHashSet() };

    public IMemoryPool Memory => _pool;

    public virtual bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    public Gap? Missing(OpKind kind, DType dtype) => null;

    public virtual void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        Alive(call.Op.Kind.Name);
        var inputs = new Values[call.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = Values.Load(call.Inputs[i]);
        var result = Kernels.Run(call.Op, inputs, call.Scalars, call.OutputSpecs[0]);
        outputs[0] = call.Target(0) ?? Allocate(call.OutputSpecs[0]);
        result.Store(outputs[0]);
    }

    public DeviceTensor Allocate(in TensorSpec spec)
    {
        Alive("Allocate");
        return DeviceTensor.Dense(spec, _pool.Rent(spec.ByteLength));
    }

    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0)
    {
        Alive("Upload");
        source.CopyTo(Bytes(destination, byteOffset, source.Length));
        GC.KeepAlive(destination);
    }

    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0)
    {
        Alive("Download");
        Bytes(source, byteOffset, destination.Length).CopyTo(destination);
        GC.KeepAlive(source);
    }

    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Download(source, destination.Span);
        return ValueTask.CompletedTask;
    }

    public void Evaluate(ReadOnlySpan<DeviceTensor> roots) => Alive("Evaluate");

    public void Synchronize() => Alive("Synchronize");

    public void Dispose()
    {
        _disposed = true;
        _pool.Close();
    }

    private static Span<byte> Bytes(DeviceTensor tensor, long byteOffset, int length)
    {
        if (!tensor.IsContiguous || byteOffset < 0 || byteOffset + length > tensor.Spec.ByteLength)
            throw new MemoryAccessException("Copy", $"{length} bytes at {byteOffset} do not lie in a dense {tensor.Spec}.");
        return new(((HostStorage)tensor.Storage).Pointer + (tensor.Layout.Offset * tensor.DType.Size()) + byteOffset, length);
    }

    private void Alive(string operation)
    {
        if (_disposed)
            throw new DeviceDisposedException(operation, $"the device {Id} was disposed; open it again.");
    }
}
