using System.Diagnostics;

namespace Nabla;

/// <summary>The process's collector and handle table. The pacing of generation 2 is common to all pools: its cost is.</summary>
internal sealed class Collector : ICollector
{
    /// <summary>What a collection of generation 2 marks in a second, at the least: for the first one, whose time is unknown.</summary>
    private const double MarkedBytesPerSecond = 2.5e9;

    /// <summary>Generation 2 may take this part of the time.</summary>
    private const int Spacing = 50;

    /// <summary>Generation 0, of which many small tensors ask for more, may take this part of the time since the last one: they gain more than that by it.</summary>
    private const int YoungSpacing = 2;

    /// <summary>
    /// What is known of its cost grows by so much at the most: single slow ones say little, such as one that something delayed, or one after
    /// the pool has grown, which promotes the new blocks.
    /// </summary>
    private const double YoungGrowth = 1.25;

    private static long _pinnedBytes;
    private TimeSpan _lastYoungEnd;
    private TimeSpan _youngCost = TimeSpan.FromMilliseconds(0.1);
    private TimeSpan _lastEnd;
    private TimeSpan _lastDuration;

    private Collector()
    {
    }

    /// <summary>The one instance.</summary>
    public static Collector Shared { get; } = new();

    /// <summary>Held by the thread that collects.</summary>
    public Lock Gate { get; } = new();

    /// <inheritdoc/>
    public bool CollectedSinceSweep => HandleTracker.IsStale;

    /// <inheritdoc/>
    public TimeSpan Now => Stopwatch.GetElapsedTime(0);

    /// <inheritdoc/>
    public bool Generation2IsDue
    {
        get
        {
            // Blocks of the pools hold no references, so marking them is free: only the rest of the heap counts.
            long heap = Math.Max(0, GC.GetTotalMemory(false) - Volatile.Read(ref _pinnedBytes));
            var cost = TimeSpan.FromSeconds(heap / MarkedBytesPerSecond);
            lock (Gate)
                return Now - _lastEnd >= Spacing * (cost > _lastDuration ? cost : _lastDuration);
        }
    }

    /// <summary>
    /// Whether a collection of generation 0 that looks at so many owners would cost at most half of the time since the last one: a
    /// host's heap may make it dear. Where owners are what it costs, more of them make it no cheaper.
    /// </summary>
    public bool Generation0IsCheap(int owners)
    {
        lock (Gate)
            return Now - _lastYoungEnd >= YoungSpacing * _youngCost * Portions(owners);
    }

    private static double Portions(int owners) => Math.Max(1, owners / (double)HandleTracker.ManyOwners);

    /// <summary>Counts pinned blocks as they come and go.</summary>
    public static void CountPinned(long bytes) => Interlocked.Add(ref _pinnedBytes, bytes);

    /// <summary>Collects, one thread at a time: who waited for a collection that began meanwhile has what it asked for.</summary>
    public void Collect(int generation)
    {
        int before = GC.CollectionCount(generation);
        lock (Gate)
        {
            if (GC.CollectionCount(generation) != before)
                return;
            int owners = HandleTracker.Count;
            var started = Now;
            GC.Collect(generation, GCCollectionMode.Forced, blocking: true, compacting: false);
            var ended = Now;
            if (generation == 0)
                (_lastYoungEnd, _youngCost) = (ended, TimeSpan.FromTicks((long)Math.Min((ended - started).Ticks / Portions(owners), YoungGrowth * _youngCost.Ticks)));
            if (generation == 2)
                (_lastEnd, _lastDuration) = (ended, ended - started);
        }
    }

    /// <inheritdoc/>
    public void Sweep() => HandleTracker.Sweep();
}
