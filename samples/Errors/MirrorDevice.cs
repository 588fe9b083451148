namespace Nabla.Errors;

/// <summary>The CPU device with one operation more.</summary>
internal sealed class MirrorDevice : IDevice
{
    private readonly CpuDevice _cpu = CpuDevice.Create();

    public DeviceId Id => _cpu.Id;

    public DeviceTraits Traits => _cpu.Traits;

    public IMemoryPool Memory => _cpu.Memory;

    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    public Gap? Missing(OpKind kind, DType dtype) => kind.Name == "mirror" ? null : _cpu.Missing(kind, dtype);

    public void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        if (call.Op is Mirror)
            _cpu.Execute(new OpCall(CopyOp.Instance, call.Inputs, default, call.OutputSpecs), outputs);
        else
            _cpu.Execute(call, outputs);
    }

    public DeviceTensor Allocate(in TensorSpec spec) => _cpu.Allocate(spec);

    public void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0) => _cpu.Upload(source, destination, byteOffset);

    public void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0) => _cpu.Download(source, destination, byteOffset);

    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken) =>
        _cpu.DownloadAsync(source, destination, cancellationToken);

    public void Evaluate(ReadOnlySpan<DeviceTensor> roots) => _cpu.Evaluate(roots);

    public void Synchronize() => _cpu.Synchronize();

    public void Dispose() => _cpu.Dispose();
}
