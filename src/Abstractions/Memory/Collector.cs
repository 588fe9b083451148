using System.Diagnostics;

namespace Nabla;

/// <summary>The process's collector and handle table. The pacing of generation 2 is common to all pools: its cost is.</summary>
internal sealed class Collector : ICollector
{
    /// <summary>What a collection of generation 2 marks in a second, at the least: for the first one, whose time is unknown.</summary>
    private const double MarkedBytesPerSecond = 2.5e9;

    /// <summary>Generation 2 may take this part of the time.</summary>
    private const int Spacing = 50;

    /// <summary>Generation 0, of which many small tensors ask for more, may take this part: they gain more than that by it.</summary>
    private const int YoungSpacing = 4;

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
            return Now - _lastEnd >= Spacing * (cost > _lastDuration ? cost : _lastDuration);
        }
    }

    /// <summary>Whether a collection of generation 0 would cost at most a quarter of the time since the last one: a host's heap may make it dear.</summary>
    public bool Generation0IsCheap => Now - _lastYoungEnd >= YoungSpacing * _youngCost;

    /// <summary>Counts pinned blocks as they come and go.</summary>
    public static void CountPinned(long bytes) => Interlocked.Add(ref _pinnedBytes, bytes);

    /// <inheritdoc/>
    public void Collect(int generation)
    {
        var started = Now;
        GC.Collect(generation, GCCollectionMode.Forced, blocking: true, compacting: false);
        var ended = Now;
        if (generation == 0) // a single slow one, such as the first, says little
            (_lastYoungEnd, _youngCost) = (ended, TimeSpan.FromTicks(Math.Min((ended - started).Ticks, 2 * _youngCost.Ticks)));
        if (generation == 2)
            (_lastEnd, _lastDuration) = (ended, ended - started);
    }

    /// <inheritdoc/>
    public void Sweep() => HandleTracker.Sweep();
}
