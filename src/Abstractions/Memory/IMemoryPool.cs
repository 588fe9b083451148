namespace Nabla;

/// <summary>The memory of a device. Thread-safe.</summary>
public interface IMemoryPool
{
    /// <summary>The figures of this moment.</summary>
    MemoryStatistics Statistics { get; }

    /// <summary>Bytes that may be leased and cached together; beyond it allocations fail.</summary>
    long Limit { get; }

    /// <summary>Frees cached blocks until at most <paramref name="keep"/> bytes of them are left.</summary>
    void Trim(long keep = 0);
}

/// <summary>Figures of a pool.</summary>
/// <param name="Leased">Bytes in blocks that have an owner.</param>
/// <param name="Cached">Bytes in free blocks, kept for the next tenant.</param>
/// <param name="Peak">The most bytes that were leased at once.</param>
/// <param name="Rents">How many blocks were handed out.</param>
/// <param name="Allocations">How many of them were new.</param>
/// <param name="Reclaims">How often the pool looked for dropped tensors.</param>
/// <param name="ReclaimTime">The time spent in it, collections included.</param>
public readonly record struct MemoryStatistics(
    long Leased, long Cached, long Peak, long Rents, long Allocations, long Reclaims, TimeSpan ReclaimTime)
{
    /// <summary>For messages.</summary>
    public override string ToString() =>
        $"leased {Leased / 1048576.0:0.0} MB, cached {Cached / 1048576.0:0.0} MB, peak {Peak / 1048576.0:0.0} MB, {Rents} rents, {Allocations} allocations, {Reclaims} reclaims in {ReclaimTime.TotalMilliseconds:0} ms";
}
