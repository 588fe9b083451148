namespace Nabla.Tests;

/// <summary>A device with host memory that computes nothing: it records what it is asked for.</summary>
internal sealed class FakeDevice : IDevice
{
    private readonly HostMemoryPool _pool;

    public FakeDevice(string id = "fake", long limit = 1L << 30, long largestManaged = HostMemoryPool.LargestManaged, ICollector? collector = null)
    {
        Id = id;
        _pool = new HostMemoryPool(this, limit, largestManaged, collector ?? Collector.Shared);
    }

    public DeviceId Id { get; }

    public DeviceTraits Traits { get; set; } = new() { HostMemory = true, DTypes = DTypes.All.ToHashSet() };

    public HostMemoryPool Pool => _pool;

    public IMemoryPool Memory => _pool;

    public List<string> Executed { get; } = [];

    public Dictionary<string, Gap> Gaps { get; } = [];

    public Func<CompositeOp, bool> ClaimsComposite { get; set; } = _ => false;

    public bool Disposed { get; private set; }

    public bool Fails { get; set; }

    /// <summary>How often it was waited for.</summary>
    public int Synchronized { get; private set; }

    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => ClaimsComposite(op);

    public Gap? Missing(OpKind kind, DType dtype) => Gaps.GetValueOrDefault(kind.Name);

    public void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        if (Fails)
            throw new InvalidOperationException("the device fails");
        Executed.Add(call.Op.Kind.Name);
        for (int i = 0; i < call.OutputSpecs.Length; i++)
            outputs[i] = call.Target(i) ?? Allocate(call.OutputSpecs[i]);
    }

    public DeviceTensor Allocate(in TensorSpec spec) => DeviceTensor.Dense(spec, _pool.Rent(spec.ByteLength));

    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0) => throw new NotSupportedException();

    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0) => throw new NotSupportedException();

    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken) => throw new NotSupportedException();

    public void Evaluate(ReadOnlySpan<DeviceTensor> roots)
    {
    }

    public void Synchronize() => Synchronized++;

    public void Dispose()
    {
        Disposed = true;
        _pool.Close();
    }
}
