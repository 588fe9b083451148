namespace Nabla;

/// <summary>Host memory by size class, last in first out: the block that comes back last is the one still in the cache.</summary>
public sealed class HostMemoryPool : MemoryPool<HostStorage>
{
    /// <summary>What one managed array holds, less what aligning its start may take.</summary>
    internal const long LargestManaged = 0x7FFFFFC7L - HostStorage.Alignment;

    private const long SmallestDefaultLimit = 64L << 20;

    private readonly long _largestManaged;

    /// <summary>Creates the pool of a device.</summary>
    /// <param name="device">The device that owns the storages.</param>
    /// <param name="limit">Bytes that may be leased and cached together; see <see cref="DefaultLimit"/>.</param>
    public HostMemoryPool(IDevice device, long limit)
        : this(device, limit, LargestManaged, Collector.Shared)
    {
    }

    /// <summary>As the public one; tests see native blocks without allocating 2 GB, and pacing without a collector.</summary>
    internal HostMemoryPool(IDevice device, long limit, long largestManaged, ICollector collector)
        : base(device, limit, collector) => _largestManaged = largestManaged;

    /// <summary>Half of the memory that the process may use: container limits count.</summary>
    public static long DefaultLimit => Math.Max(SmallestDefaultLimit, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2);

    /// <inheritdoc/>
    protected override HostStorage Create(long capacity) => new(Device, capacity, native: capacity > _largestManaged);

    /// <inheritdoc/>
    protected override void Destroy(HostStorage block) => block.Destroy();
}
