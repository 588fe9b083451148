using System.Diagnostics.Metrics;

namespace Nabla;

/// <summary>
/// The figures of every pool as metrics, with the tag <c>nabla.device</c>. They are read from the pools when a listener asks, so that
/// they cost nothing otherwise.
/// </summary>
internal static class MemoryMetrics
{
    private static readonly Lock Gate = new();
    private static WeakReference<IMetered>[] _pools = [];   // not a list, whose assembly a program's first result would wait for
    private static bool _published;

    public static void Add(IMetered pool)
    {
        lock (Gate)
            _pools = [.. Array.FindAll(_pools, IsAlive), new WeakReference<IMetered>(pool)];
    }

    /// <summary>
    /// Makes the instruments, so that listeners find them. Not before a host is built or a pool has made a number of blocks: it takes
    /// milliseconds, a fifth of what a small program without listeners would wait for its first result.
    /// </summary>
    public static void Publish()
    {
        if (Volatile.Read(ref _published))
            return;
        lock (Gate)
        {
            if (!_published)
                CreateInstruments(new Meter(Telemetry.MeterName));
            _published = true;
        }
    }

    public static void Remove(IMetered pool)
    {
        lock (Gate)
            _pools = Array.FindAll(_pools, p => p.TryGetTarget(out var other) && other != pool);
    }

    private static bool IsAlive(WeakReference<IMetered> pool) => pool.TryGetTarget(out _);

    private static void CreateInstruments(Meter meter)
    {
        Level(meter, Telemetry.MemoryLive, "Bytes that tensors asked for.", s => s.Live);
        Level(meter, Telemetry.MemoryLeased, "Bytes in blocks that have an owner.", s => s.Leased);
        Level(meter, Telemetry.MemoryCached, "Bytes in free blocks.", s => s.Cached);
        Level(meter, Telemetry.MemoryPeak, "The most bytes leased at once.", s => s.Peak);
        Level(meter, Telemetry.MemoryTarget, "Leased bytes at which dropped tensors are next looked for.", s => s.Target);
        Count(meter, Telemetry.MemoryRents, "{block}", "Blocks handed out.", s => s.Rents);
        Count(meter, Telemetry.MemoryAllocations, "{block}", "Blocks allocated.", s => s.Allocations);
        ByCause(meter, Telemetry.MemoryReclaims, "{reclaim}", "Ways taken to get memory back.", f => f.Count);
        ByCause(meter, Telemetry.MemoryReclaimed, "By", "Bytes got back.", f => f.Bytes);
        ByCause(meter, Telemetry.MemoryReclaimTime, "s", "Time taken to get memory back.", f => f.Time.TotalSeconds);
    }

    private static void Level(Meter meter, string name, string description, Func<MemoryStatistics, long> value) =>
        meter.CreateObservableUpDownCounter(name, () => Measure(value), "By", description);

    private static void Count(Meter meter, string name, string unit, string description, Func<MemoryStatistics, long> value) =>
        meter.CreateObservableCounter(name, () => Measure(value), unit, description);

    private static void ByCause<T>(Meter meter, string name, string unit, string description, Func<ReclaimFigures, T> value) where T : struct =>
        meter.CreateObservableCounter(
            name,
            () => Snapshot().SelectMany(s => Causes(s.Figures).Select(c => new Measurement<T>(
                value(c.Figures), new(Telemetry.DeviceTag, s.Device), new(Telemetry.CauseTag, c.Name)))),
            unit,
            description);

    private static (string Name, ReclaimFigures Figures)[] Causes(in MemoryStatistics s) =>
        [("sweep", s.Sweeps), ("generation0", s.Generation0), ("generation1", s.Generation1), ("generation2", s.Generation2), ("trim", s.Trims)];

    private static IEnumerable<Measurement<long>> Measure(Func<MemoryStatistics, long> value) =>
        Snapshot().Select(s => new Measurement<long>(value(s.Figures), new KeyValuePair<string, object?>(Telemetry.DeviceTag, s.Device)));

    private static List<(string Device, MemoryStatistics Figures)> Snapshot()
    {
        lock (Gate)
        {
            var snapshot = new List<(string, MemoryStatistics)>(_pools.Length);
            foreach (var reference in _pools)
                if (reference.TryGetTarget(out var pool))
                    snapshot.Add((pool.DeviceName, pool.Statistics));
            return snapshot;
        }
    }
}

/// <summary>A pool whose figures are metrics. Known weakly: a device that is dropped without being disposed takes its pool along.</summary>
internal interface IMetered : IMemoryPool
{
    /// <summary>The value of the tag.</summary>
    string DeviceName { get; }
}
