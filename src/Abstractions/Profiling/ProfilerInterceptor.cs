using System.Collections.Concurrent;

namespace Nabla;

/// <summary>Measures what passes through the ambient scope.</summary>
internal sealed class ProfilerInterceptor(ProfilerOptions options) : IEndingInterceptor
{
    private readonly ConcurrentDictionary<int, ProfileLog> _logs = new();
    private readonly ConcurrentDictionary<DeviceId, bool> _late = new();
    private long _events;
    private volatile bool _stopped;

    /// <inheritdoc/>
    public bool DecomposeComposites => false;

    /// <summary>The logs of every thread that did something.</summary>
    public IReadOnlyList<ProfileLog> Logs => [.. _logs.Values.OrderBy(l => l.ThreadId)];

    /// <summary>Devices that were seen and work after the call returns.</summary>
    public IReadOnlyList<DeviceId> LateDevices => [.. _late.Keys.OrderBy(d => d.Text, StringComparer.Ordinal)];

    private ProfileLog Log => _logs.GetOrAdd(Environment.CurrentManagedThreadId, static _ => new ProfileLog());

    /// <summary>Events that are not in the trace, because it is full.</summary>
    public long Dropped => Math.Max(0, Volatile.Read(ref _events) - options.MaxEvents);

    /// <inheritdoc/>
    public bool HasEnded => _stopped;

    /// <summary>From now on nothing is added: the scope may live on in work that was started within it.</summary>
    public void Stop() => _stopped = true;

    public void Executing(in OpCall call)
    {
        if (_stopped)
            return;
        if (options.Synchronize && !call.Inputs.IsEmpty)
            call.Inputs[0].Device.Synchronize(); // what was queued before is not this operation's time
        Log.Begin(call.Op);
    }

    public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
    {
        if (_stopped)
            return;
        var device = outputs.IsEmpty ? call.Inputs[0].Device : outputs[0].Device;
        if (device.Traits.Queued || device.Traits.Deferred)
        {
            _late.TryAdd(device.Id, true);
            if (options.Synchronize)
            {
                device.Evaluate(outputs);
                device.Synchronize();
            }
        }

        long end = Profiler.Now, allocated = 0, moved = 0;
        var log = Log;
        if (!log.TryEnd(call.Op, out long start))
            return; // it started before the profiler did
        foreach (var input in call.Inputs)
            moved += StoredBytes(input);
        for (int i = 0; i < outputs.Length; i++)
        {
            moved += outputs[i].Spec.ByteLength;
            allocated += call.Target(i) is null ? outputs[i].Spec.ByteLength : 0;
        }

        Add(log, call.Op.Kind.Name, ProfileKind.Operation, device.Id, Describe(call.Inputs), start, end, allocated, moved);
    }

    public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
    {
        if (_stopped)
            return;
        long now = Profiler.Now;
        Add(Log, op.Kind.Name, ProfileKind.View, source.Device.Id, Describe([source]), now, now, 0, 0);
    }

    public IDisposable? Transferring(DeviceTensor source, IDevice to) => Copy("to", source, source.Spec.ByteLength);

    public IDisposable? HostRead(DeviceTensor source) => Copy("read", source, 0);

    public IDisposable? Range(string name, RangeKind kind) => _stopped ? null : new Timed(this, new(name, ProfileKind.Range, kind == RangeKind.Backward, null, ""), 0, 0);

    private Timed? Copy(string name, DeviceTensor source, long allocated) => _stopped
        ? null
        : new Timed(this, new(name, ProfileKind.Copy, false, source.Device.Id, Describe([source])), allocated, source.Spec.ByteLength);

    private void Add(ProfileLog log, string name, ProfileKind kind, DeviceId device, string inputs, long start, long end, long allocated, long moved) =>
        Add(log, new(new(name, kind, log.BackwardDepth > 0, device, inputs), start, end, allocated, moved));

    private void Add(ProfileLog log, in ProfileEvent e) => log.Add(e, keep: Interlocked.Increment(ref _events) <= options.MaxEvents);

    private string Describe(ReadOnlySpan<DeviceTensor> inputs)
    {
        if (!options.RecordShapes)
            return "";
        var texts = new string[inputs.Length];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = inputs[i].Spec.ToString();
        return string.Join(", ", texts);
    }

    /// <summary>An element that an expansion repeats is read once, as far as memory is concerned.</summary>
    private static long StoredBytes(DeviceTensor tensor)
    {
        long count = 1;
        for (int d = 0; d < tensor.Shape.Rank; d++)
            if (tensor.Layout.Strides[d] != 0 || tensor.Shape[d] == 0)
                count *= tensor.Shape[d];
        return count * tensor.DType.Size();
    }

    /// <summary>Something with an end of its own, which after an <c>await</c> may be on another thread: it belongs where it began.</summary>
    private sealed class Timed : IDisposable
    {
        private readonly ProfilerInterceptor _owner;
        private readonly ProfileLog _log;
        private readonly ProfileKey _key;
        private readonly long _allocated, _moved, _start;
        private readonly bool _isPass;
        private bool _ended;

        public Timed(ProfilerInterceptor owner, in ProfileKey key, long allocated, long moved)
        {
            (_owner, _log, _allocated, _moved) = (owner, owner.Log, allocated, moved);
            _isPass = key.IsBackward;
            if (_isPass)
                _log.BackwardDepth++;
            _key = key with { IsBackward = _log.BackwardDepth > 0 };
            _start = Profiler.Now;
        }

        public void Dispose()
        {
            if (_ended)
                return;
            _ended = true;
            long end = Profiler.Now;
            if (_isPass)
                _log.BackwardDepth--;
            if (!_owner._stopped)
                _owner.Add(_log, new(_key, _start, end, _allocated, _moved));
        }
    }
}
