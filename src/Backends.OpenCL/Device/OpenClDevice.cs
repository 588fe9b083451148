using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// A device with one in-order queue. Calls return when their command is enqueued; a download waits, and reports what went wrong before it.
/// </summary>
internal sealed unsafe partial class OpenClDevice : IDevice
{
    private readonly CL _cl;
    private readonly ClDeviceEntry _entry;
    private readonly nint _context;
    private readonly OpenClMemoryPool _pool;
    private readonly UploadStaging _staging;
    private readonly Launch _launch;
    private int _disposed;

    public OpenClDevice(CL cl, ClDeviceEntry entry, OpenClOptions options, ILogger logger, bool? gpuStyle = null)
    {
        _cl = cl;
        _entry = entry;
        nint device = entry.Device;
        var properties = stackalloc nint[] { (nint)ContextProperties.Platform, entry.Platform, 0 };
        int status;
        _context = cl.CreateContext(properties, 1, &device, null!, null, &status);
        ClStatus.Check(status, "clCreateContext");
        Traits = new DeviceTraits { Queued = true, DTypes = entry.Fp64 ? DTypes.All.ToHashSet() : DTypes.All.Where(d => d != DType.Float64).ToHashSet() };
        Queue = new CommandQueue(cl, _context, device, options.MaxQueuedCommands);
        _launch = new Launch(Queue);
        _staging = new UploadStaging(Queue);
        Queue.Memory = _pool = new OpenClMemoryPool(this, Queue, _context, LimitOf(entry, options), entry.MaxAllocation);
        nint faults = cl.CreateBuffer(_context, MemFlags.ReadWrite, 64, null, &status);
        ClStatus.Check(status, "clCreateBuffer");
        Errors = new ErrorBuffer(Queue, faults);
        string? cache = options.ProgramCache ? options.ProgramCacheDirectory ?? ProgramCache.DefaultDirectory : null;
        Builder = new ProgramBuilder(cl, _context, entry, new ProgramCache(cache, logger), logger);
        Kernels = new KernelLibrary(cl, entry, Builder, gpuStyle ?? !entry.IsCpu);
    }

    /// <inheritdoc/>
    public DeviceId Id => _entry.Info.Id;

    /// <inheritdoc/>
    public DeviceTraits Traits { get; }

    /// <inheritdoc/>
    public IMemoryPool Memory => _pool;

    public CommandQueue Queue { get; }

    public ErrorBuffer Errors { get; }

    public KernelLibrary Kernels { get; }

    public ProgramBuilder Builder { get; }

    public int ComputeUnits => _entry.ComputeUnits;

    /// <summary>Work-items that keep the device busy.</summary>
    public long Parallelism => ComputeUnits * (Kernels.GpuStyle ? 1024L : 4);

    public bool Fp64 => _entry.Fp64;

    /// <inheritdoc/>
    public DeviceTensor Allocate(in TensorSpec spec)
    {
        RequireOpen("Allocate");
        return DeviceTensor.Dense(spec, _pool.Rent(spec));
    }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<DeviceTensor> roots) => RequireOpen("Evaluate"); // everything was enqueued when it was called

    /// <inheritdoc/>
    public void Synchronize()
    {
        RequireOpen("Synchronize");
        ErrorBuffer.Report? report;
        lock (Queue.Gate)
            report = Errors.BeginRead();
        Queue.Finish();
        report?.Finish();
    }

    /// <summary>Waits for the queue, then gives everything back. Buffers of tensors that still live go when those do.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        lock (Queue.Gate)
        {
            Queue.Cl.Finish(Queue.Handle);
            _staging.Dispose();
            _pool.Close();
            Errors.Dispose();
            Kernels.Dispose();
            Queue.Dispose();
            _cl.ReleaseContext(_context);
        }
    }

    internal void RequireOpen(string operation)
    {
        if (Volatile.Read(ref _disposed) != 0)
            ThrowDisposed(operation);
    }

    /// <summary>Copies what a tensor says of its place: the buffer and the byte of its first element.</summary>
    private static (nint Buffer, long Offset) Place(DeviceTensor tensor, long byteOffset) =>
        (((OpenClStorage)tensor.Storage).Handle, (tensor.Layout.Offset * tensor.DType.Size()) + byteOffset);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ThrowDisposed(string operation) =>
        throw new DeviceDisposedException(operation, $"{Id} was disposed, and its tensors with it; read them before its host stops, or open the device again.");

    private static long LimitOf(ClDeviceEntry entry, OpenClOptions options)
    {
        if (options.MemoryLimitMegabytes > 0)
            return options.MemoryLimitMegabytes << 20;
        long memory = entry.Info.MemoryBytes > 0 ? entry.Info.MemoryBytes : 1L << 30;
        return entry.SharesHostMemory ? Math.Min(memory, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes) / 2 : memory;
    }
}
