using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.ML.OnnxRuntime;

namespace Nabla;

/// <summary>
/// ONNX Runtime as a device. It records what it is asked to do; when a value is needed, the operations beneath it become one ONNX graph,
/// compiled once for each structure, and run. Thread-safe.
/// </summary>
/// <remarks>
/// Errors that depend on data (an index out of range, an integer divided by zero) surface when the value is evaluated; the device stays
/// usable. Compiled graphs are kept: changed scalars and changed sizes reuse them.
/// </remarks>
public sealed partial class OnnxDevice : IDevice
{
    private static readonly DeviceTraits Recording = new() { Deferred = true };

    private readonly HostMemoryPool _memory;
    private readonly SessionOptions _sessionOptions;
    private readonly SessionCache _sessions;
    private readonly OnnxCounters _counters;
    private volatile bool _disposed;
    private long _sequence;

    internal OnnxDevice(OnnxProvider provider, OnnxOptions options, ILogger logger)
    {
        Id = provider.Id;
        OnnxRuntimeLibrary.EnsureCreated(options);
        provider.RequireAvailable();
        MaxPendingNodes = options.MaxPendingNodes;
        _counters = new OnnxCounters(Id);
        _sessionOptions = CreateSessionOptions(provider, options);
        _sessions = new SessionCache(Id, options.CacheLimitMegabytes << 20, provider.MostSessions(options), _counters, logger);
        _memory = new HostMemoryPool(this, options.MemoryLimitBytes);
    }

    /// <inheritdoc/>
    public DeviceId Id { get; }

    /// <inheritdoc/>
    public DeviceTraits Traits => Recording;

    /// <inheritdoc/>
    public IMemoryPool Memory => _memory;

    /// <summary>What the device did so far: graphs compiled, found, dropped; operations computed again.</summary>
    public OnnxStatistics Statistics => _counters.Read(_sessions.Count, _sessions.Bytes);

    internal int MaxPendingNodes { get; }

    internal SessionCache Sessions => _sessions;

    /// <summary>A device outside any host.</summary>
    /// <param name="id">Which provider: <c>onnx:cpu</c>, <c>onnx:cuda:0</c>.</param>
    /// <param name="options">Threads, memory, caches; null for the defaults.</param>
    /// <exception cref="TensorArgumentException">An option is out of its range.</exception>
    /// <exception cref="UnknownDeviceException">There is no such provider.</exception>
    /// <exception cref="DeviceUnavailableException">The native library, or the provider, is missing; the message names the package to add.</exception>
    public static OnnxDevice Create(DeviceId id, OnnxOptions? options = null)
    {
        options?.Check("OnnxDevice.Create");
        return new(OnnxProvider.Parse(id), options ?? new OnnxOptions(), NullLogger.Instance);
    }

    /// <summary>Always false: composites are decomposed, and ONNX Runtime fuses what it finds.</summary>
    public bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => false;

    /// <inheritdoc/>
    public Gap? Missing(OpKind kind, DType dtype) => Lowerings.Has(kind)
        ? null
        : new Gap("it has no form in ONNX here", "compute it on another device, or define it as a composite, so that it runs as its decomposition");

    /// <inheritdoc/>
    public void Execute(in OpCall call, Span<DeviceTensor> outputs)
    {
        ThrowIfDisposed();
        RefuseZeroDivisor(call);
        using var recorder = new Recorder(this);
        var inputs = new RecordedValue[call.Inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            inputs[i] = recorder.Read(call.Inputs[i]);
        var results = new RecordedValue[call.OutputSpecs.Length];
        recorder.Record(call.Op, inputs, call.Scalars, call.OutputSpecs, results);
        for (int i = 0; i < results.Length; i++)
        {
            if (call.Target(i) is { } target)
            {
                recorder.Write(target, results[i]);
                outputs[i] = target;
                continue;
            }

            results[i].Retain();
            outputs[i] = DeviceTensor.Dense(call.OutputSpecs[i], new OnnxStorage(this, results[i]));
        }
    }

    /// <inheritdoc/>
    public DeviceTensor Allocate(in TensorSpec spec)
    {
        ThrowIfDisposed();
        return DeviceTensor.Dense(spec, new OnnxStorage(this, RecordedValue.Computed(spec, _memory.Rent(spec.ByteLength))));
    }

    /// <inheritdoc/>
    public void Synchronize() => ThrowIfDisposed();

    /// <summary>Drops the compiled graphs and the cached memory; every later call throws <see cref="DeviceDisposedException"/>.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _sessions.Dispose();
        _sessionOptions.Dispose();
        _memory.Close();
    }

    /// <summary>The storage of a tensor of this device.</summary>
    internal OnnxStorage Own(DeviceTensor tensor, string operation) =>
        tensor.Storage is OnnxStorage storage && ReferenceEquals(storage.Device, this)
            ? storage
            : throw new DeviceMismatchException(operation, $"the tensor is on {tensor.Device.Id}, not on this {Id}; move it with To(device).");

    internal long NextSequence() => Interlocked.Increment(ref _sequence);

    /// <summary>What every session of a provider is created with.</summary>
    internal static SessionOptions CreateSessionOptions(OnnxProvider provider, OnnxOptions options)
    {
        var session = new SessionOptions
        {
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, // failures arrive as exceptions
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
        };
        if (OnnxRuntimeLibrary.Shared)
        {
            session.DisablePerSessionThreads();
            session.AddSessionConfigEntry("session.use_env_allocators", "1");
        }
        else
        {
            session.IntraOpNumThreads = options.MaxThreads;
            session.InterOpNumThreads = 1;
            session.AddSessionConfigEntry("session.intra_op.allow_spinning", options.AllowSpinning ? "1" : "0");
        }

        try
        {
            provider.Append(session);
        }
        catch (OnnxRuntimeException e)
        {
            session.Dispose();
            throw new DeviceUnavailableException(
                provider.Id.Text,
                $"ONNX Runtime {OnnxRuntimeLibrary.Version} cannot use it ({e.Message}); install the driver, and the CUDA and cuDNN that this version is built for, or use the device onnx:cpu.",
                e);
        }

        return session;
    }

    /// <summary>A scalar divisor is known now: no need to surface late.</summary>
    private static void RefuseZeroDivisor(in OpCall call)
    {
        if (call.Op is BinaryOp { Side: ScalarSide.Right } op && DivisionLowerings.Divides(op) && !call.Inputs[0].DType.IsFloatingPoint() && call.Scalars[0].ToInt64() == 0)
            throw new TensorDivisionException(op.Kind.Name, $"{call.Inputs[0].Spec} is divided by zero; integers have no infinity: divide floating point numbers instead.");
    }

    private void ThrowIfDisposed()
    {
        if (_disposed)
            throw new DeviceDisposedException(Id.Text, "the device was disposed, with its host, and its tensors with it; create tensors on a device that lives.");
    }
}
