using System.Diagnostics.Metrics;

namespace Nabla;

/// <summary>Counts what a device does, for its statistics and as metrics.</summary>
internal sealed class OnnxCounters(DeviceId device)
{
    private static readonly Meter Meter = new(Telemetry.MeterName);
    private static readonly Counter<long> SessionCounter = Meter.CreateCounter<long>("nabla.onnx.sessions", "{session}", "Graphs compiled.");
    private static readonly Counter<long> HitCounter = Meter.CreateCounter<long>("nabla.onnx.cache.hits", "{lookup}", "Evaluations that found their graph compiled.");
    private static readonly Counter<long> MissCounter = Meter.CreateCounter<long>("nabla.onnx.cache.misses", "{lookup}", "Evaluations that did not.");
    private static readonly Counter<long> ResizedCounter = Meter.CreateCounter<long>("nabla.onnx.cache.resized", "{lookup}", "Hits at sizes that the graph had not met before.");
    private static readonly Counter<long> EvictionCounter = Meter.CreateCounter<long>("nabla.onnx.cache.evictions", "{session}", "Compiled graphs dropped for space.");
    private static readonly Counter<long> RecomputedCounter = Meter.CreateCounter<long>("nabla.onnx.recomputed_nodes", "{node}", "Operations computed more than once.");

    private readonly KeyValuePair<string, object?> _tag = new(Telemetry.DeviceTag, device.Text);
    private long _sessions, _hits, _misses, _resized, _evictions, _recomputed, _runs, _nodes;

    public OnnxStatistics Read(int cached, long bytes) => new()
    {
        Sessions = Interlocked.Read(ref _sessions),
        Hits = Interlocked.Read(ref _hits),
        Misses = Interlocked.Read(ref _misses),
        Resized = Interlocked.Read(ref _resized),
        Evictions = Interlocked.Read(ref _evictions),
        RecomputedNodes = Interlocked.Read(ref _recomputed),
        Runs = Interlocked.Read(ref _runs),
        Nodes = Interlocked.Read(ref _nodes),
        CachedSessions = cached,
        CachedBytes = bytes,
    };

    public void SessionCreated()
    {
        Interlocked.Increment(ref _sessions);
        SessionCounter.Add(1, _tag);
    }

    public void Looked(bool hit)
    {
        Interlocked.Increment(ref hit ? ref _hits : ref _misses);
        (hit ? HitCounter : MissCounter).Add(1, _tag);
    }

    public void Resized()
    {
        Interlocked.Increment(ref _resized);
        ResizedCounter.Add(1, _tag);
    }

    public void Evicted()
    {
        Interlocked.Increment(ref _evictions);
        EvictionCounter.Add(1, _tag);
    }

    public void Ran(int nodes, int recomputed)
    {
        Interlocked.Increment(ref _runs);
        Interlocked.Add(ref _nodes, nodes);
        if (recomputed == 0)
            return;
        Interlocked.Add(ref _recomputed, recomputed);
        RecomputedCounter.Add(recomputed, _tag);
    }
}
