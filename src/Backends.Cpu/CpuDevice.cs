using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The CPU as a device: eager, strided, over <see cref="HostStorage"/> of any host-memory device. Thread-safe.
/// </summary>
/// <remarks>
/// Callers hold an owner of every input for the duration of a call: the device reads bare pointers. Results are bit-equal for any number
/// of threads.
/// </remarks>
public sealed class CpuDevice : IDevice
{
    private static readonly DeviceTraits Everything = new() { HostMemory = true };

    private readonly HostMemoryPool _memory;
    private volatile bool _disposed;

    internal CpuDevice(CpuOptions options)
    {
        Workers = new WorkerPool(options.MaxThreads);
        _memory = new HostMemoryPool(this, options.MemoryLimitBytes);
    }

    /// <summary>The name of the one CPU device.</summary>
    public static DeviceId DefaultId { get; } = new("cpu");

    /// <inheritdoc/>
    public DeviceId Id => DefaultId;

    /// <inheritdoc/>
    public DeviceTraits Traits => Everything;

    /// <inheritdoc/>
    public IMemoryPool Memory => _memory;

    internal WorkerPool Workers { get; }

    /// <summary>
    /// A device outside any host. Warns on the error stream, once, when vectors are not accelerated. Its threads, which the first work for several
    /// of them starts, end with <see cref="Dispose"/> alone, not when the device is forgotten; they do not keep the process alive.
    /// </summary>
    /// <param name="options">Threads and memory; null for the defaults.</param>
    /// <returns>The device, which the caller disposes.</returns>
    /// <exception cref="TensorArgumentException">An option is out of its range.</exception>
    public static CpuDevice Create(CpuOptions? options = null)
    {
        CpuCapabilities.WarnOnce();
        options?.Check("CpuDevice.Create"); // the defaults need none, and the code of it is late where a first result waits
        return new CpuDevice(options ?? new CpuOptions());
    }

    /// <inheritdoc/>
    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => KernelTable.Claims(op, inputs);

    /// <summary>Null for every primitive of the table; a third party's primitive has no kernel here.</summary>
    public Gap? Missing(OpKind kind, DType dtype) => KernelTable.Column.TryGet(kind, out _)
        ? null
        : new Gap("the CPU device has no kernel of it", "define it as a composite, so that it runs as its decomposition");

    /// <inheritdoc/>
    public void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        ThrowIfDisposed();
        if (!KernelTable.Column.TryGet(call.Op.Kind, out var kernel))
            throw new UnsupportedOpException(call.Op.Kind.Name, "the CPU device has no kernel of it; define it as a composite, so that it runs as its decomposition.");
        outputs = outputs[..call.OutputSpecs.Length];
        foreach (ref var output in outputs)
            output = null!; // one or two: a call that clears them takes longer
        try
        {
            kernel.Run(this, call, outputs);
        }
        catch
        {
            ReleaseNew(call, outputs);
            throw;
        }
    }

    /// <inheritdoc/>
    public DeviceTensor Allocate(in TensorSpec spec)
    {
        ThrowIfDisposed();
        return DeviceTensor.Dense(spec, _memory.Rent(spec.ByteLength));
    }

    /// <summary>Memory with one owner, the caller.</summary>
    internal HostStorage Rent(long bytes) => _memory.Rent(bytes);

    /// <inheritdoc/>
    public unsafe void Upload(ReadOnlySpan<byte> source, DeviceTensor destination, long byteOffset = 0)
    {
        ThrowIfDisposed();
        source.CopyTo(new Span<byte>(Bytes(destination, byteOffset, source.Length, "Upload"), source.Length));
        GC.KeepAlive(destination);
    }

    /// <inheritdoc/>
    public unsafe void Download(DeviceTensor source, Span<byte> destination, long byteOffset = 0)
    {
        ThrowIfDisposed();
        new ReadOnlySpan<byte>(Bytes(source, byteOffset, destination.Length, "Download"), destination.Length).CopyTo(destination);
        GC.KeepAlive(source);
    }

    /// <inheritdoc/>
    public ValueTask DownloadAsync(DeviceTensor source, Memory<byte> destination, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Download(source, destination.Span);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<DeviceTensor> roots) => ThrowIfDisposed();

    /// <inheritdoc/>
    public void Synchronize() => ThrowIfDisposed();

    /// <summary>Ends the threads and frees what is cached; every later call throws <see cref="DeviceDisposedException"/>.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        Workers.Dispose();
        _memory.Close();
    }

    /// <summary>Takes back what a kernel allocated for its outputs before it threw.</summary>
    private static void ReleaseNew(in OpCall call, Span<DeviceTensor> outputs)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (!ReferenceEquals(outputs[i], call.Target(i)))
                outputs[i]?.Storage.Release();
            outputs[i] = null!;
        }
    }

    private static unsafe byte* Bytes(DeviceTensor tensor, long byteOffset, int length, string operation)
    {
        if (tensor.Storage is not HostStorage host)
            throw NotOnHost(tensor, operation);
        if (!tensor.IsContiguous || byteOffset < 0 || byteOffset > tensor.Spec.ByteLength - length)
            throw OutOfRange(tensor, byteOffset, length, operation);
        return host.Pointer + (tensor.Layout.Offset * tensor.DType.Size()) + byteOffset;
    }

    private static DeviceMismatchException NotOnHost(DeviceTensor tensor, string operation) =>
        new(operation, $"the tensor is on {tensor.Device.Id}, not in host memory; move it with To(device).");

    private static TensorArgumentException OutOfRange(DeviceTensor tensor, long byteOffset, int length, string operation) =>
        new(operation, $"{length} bytes from {byteOffset} on are not those of a dense {tensor.Spec}.");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void ThrowIfDisposed()
    {
        if (_disposed)
            ThrowDisposed();
    }

    private static void ThrowDisposed() =>
        throw new DeviceDisposedException("cpu", "the device was disposed, with its host, and its tensors with it; create tensors on a device that lives.");
}
