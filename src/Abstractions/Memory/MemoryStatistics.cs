namespace Nabla;

/// <summary>Figures of a pool.</summary>
/// <param name="Leased">Bytes in blocks that have an owner, dropped tensors included until they are reclaimed.</param>
/// <param name="Cached">Bytes in free blocks, kept for the next tenant.</param>
/// <param name="Peak">The most bytes that were leased at once.</param>
/// <param name="Rents">How many blocks were handed out.</param>
/// <param name="Allocations">How many of them were new.</param>
/// <param name="Reclaims">How often the pool looked for dropped tensors.</param>
/// <param name="ReclaimTime">The time spent in it, collections included.</param>
public readonly record struct MemoryStatistics(
    long Leased, long Cached, long Peak, long Rents, long Allocations, long Reclaims, TimeSpan ReclaimTime)
{
    /// <summary>Bytes that the present tenants asked for: <see cref="Leased"/> without what rounding to size classes adds.</summary>
    public long Live { get; init; }

    /// <summary>Leased bytes at which the pool next looks for dropped tensors; moves with the program's needs, up to the limit.</summary>
    public long Target { get; init; }

    /// <summary>What looking at handles after a collection of the program's own gave.</summary>
    public ReclaimFigures Sweeps { get; init; }

    /// <summary>What collections of generation 0 that the pool asked for gave.</summary>
    public ReclaimFigures Generation0 { get; init; }

    /// <summary>What collections of generation 1 that the pool asked for gave.</summary>
    public ReclaimFigures Generation1 { get; init; }

    /// <summary>What collections of generation 2 that the pool asked for gave.</summary>
    public ReclaimFigures Generation2 { get; init; }

    /// <summary>What freeing cached blocks to make room gave.</summary>
    public ReclaimFigures Trims { get; init; }

    /// <summary>For messages.</summary>
    public override string ToString() =>
        $"leased {Leased / 1048576.0:0.0} MB, cached {Cached / 1048576.0:0.0} MB, peak {Peak / 1048576.0:0.0} MB, {Rents} rents, {Allocations} allocations, "
        + $"{Reclaims} reclaims in {ReclaimTime.TotalMilliseconds:0} ms: {Sweeps.Count} sweeps, {Generation0.Count}/{Generation1.Count}/{Generation2.Count} collections of generation 0/1/2, {Trims.Count} trims";
}

/// <summary>What one way of getting memory back did so far.</summary>
/// <param name="Count">How often it was taken.</param>
/// <param name="Time">The time that it took.</param>
/// <param name="Bytes">What it gave back to the pool, or to the system where the cache was trimmed.</param>
public readonly record struct ReclaimFigures(long Count, TimeSpan Time, long Bytes)
{
    internal ReclaimFigures Plus(TimeSpan time, long bytes) => new(Count + 1, Time + time, Bytes + bytes);
}
