using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Blocks by size class, last in first out, with pacing: the base of every device's pool. Thread-safe. A plugin says how blocks are
/// created and destroyed; tenants leave by <see cref="Storage.Release"/>, from any thread.
/// </summary>
/// <typeparam name="TBlock">The device's storage.</typeparam>
public abstract partial class MemoryPool<TBlock> : IMetered, IBlockPool, ILeasing where TBlock : PooledStorage
{
    private SpinGate _gate;
    private readonly FreeList[] _free = new FreeList[SizeClass.Count];
    private readonly Pacing _pacing;

    // Plain fields under the lock: the fast path is a few additions.
    private long _target;
    private long _leased, _cached, _live, _peak, _rents, _allocations;
    private PacingFigures _reclaims;
    private ReclaimFigures _trims;
    private bool _closed;

    /// <summary>Creates the pool of a device.</summary>
    /// <param name="device">The device that owns the blocks; for messages and metrics.</param>
    /// <param name="limit">Bytes that may be leased and cached together.</param>
    protected MemoryPool(IDevice device, long limit)
        : this(device, limit, Collector.Shared)
    {
    }

    private protected MemoryPool(IDevice device, long limit, ICollector collector)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        Device = device;
        Limit = limit;
        _pacing = new Pacing(collector);
        _target = Math.Min(limit, _pacing.Target);
        MemoryMetrics.Add(this);
    }

    /// <inheritdoc/>
    public long Limit { get; }

    /// <inheritdoc/>
    public MemoryStatistics Statistics
    {
        get
        {
            _gate.Enter();
            var statistics = new MemoryStatistics(_leased, _cached, _peak, _rents, _allocations, _reclaims.Reclaims, _reclaims.Time)
            {
                Live = _live,
                Target = _target,
                Sweeps = _reclaims.Sweeps,
                Generation0 = _reclaims.Generation0,
                Generation1 = _reclaims.Generation1,
                Generation2 = _reclaims.Generation2,
                Trims = _trims,
            };
            _gate.Exit();
            return statistics;
        }
    }

    string IMetered.DeviceName => Device.Id.Text;

    long ILeasing.Leased => Volatile.Read(ref _leased);

    /// <summary>The device that owns the blocks.</summary>
    protected IDevice Device { get; }

    /// <summary>A block with one owner, the caller. Its contents are arbitrary.</summary>
    /// <param name="bytes">How many bytes the tenant needs.</param>
    /// <exception cref="DeviceOutOfMemoryException">The limit would be passed even after every dropped tensor was reclaimed.</exception>
    /// <exception cref="DeviceDisposedException">The pool was closed.</exception>
    public TBlock Rent(long bytes)
    {
        int sizeClass = SizeClass.Of(bytes);
        long capacity = SizeClass.Bytes(sizeClass);
        PooledStorage? block = null;
        _gate.Enter();
        if (_leased + capacity <= _target && (block = _free[sizeClass].Head) is not null)
            Take(block, sizeClass, capacity, bytes);
        _gate.Exit();
        if (block is null)
            return RentNew(bytes, sizeClass, capacity);
        block.Open(bytes);
        return Unsafe.As<TBlock>(block); // the lists hold only what Create gave
    }

    /// <inheritdoc/>
    public void Trim(long keep = 0)
    {
        while (PopOldest(keep) is { } block)
            Destroy(block);
    }

    /// <summary>Frees the cache and stops caching: blocks that come back later are destroyed. For the device's disposal.</summary>
    public void Close()
    {
        _gate.Enter();
        _closed = true;
        _gate.Exit();
        MemoryMetrics.Remove(this);
        Trim();
    }

    /// <summary>Makes a block of exactly that capacity.</summary>
    /// <param name="capacity">Bytes: the size of a class.</param>
    /// <exception cref="OutOfMemoryException">
    /// There is no memory (a <see cref="DeviceOutOfMemoryException"/> does as well): the pool reclaims what it can and asks once more.
    /// </exception>
    protected abstract TBlock Create(long capacity);

    /// <summary>Frees the memory of a block that has no tenant. Called on any thread; must not throw, nor rent.</summary>
    protected abstract void Destroy(TBlock block);

    void IBlockPool.Return(PooledStorage block)
    {
        long capacity = block.Capacity;
        _gate.Enter();
        _leased -= capacity;
        _live -= block.ByteLength;
        bool keep = !_closed && !block.Exported;
        if (keep)
        {
            ref var list = ref _free[block.ClassIndex];
            block.NextFree = list.Head;
            list.Head = block;
            _cached += capacity;
        }

        _gate.Exit();
        if (!keep)
            Destroy(Unsafe.As<TBlock>(block));
    }

    private void Take(PooledStorage block, int sizeClass, long capacity, long bytes)
    {
        ref var list = ref _free[sizeClass];
        list.Head = block.NextFree;
        list.LastUse = _rents;
        block.NextFree = null;
        _cached -= capacity;
        Lease(capacity, bytes);
    }

    private void Lease(long capacity, long bytes)
    {
        long leased = _leased + capacity;
        _leased = leased;
        if (leased > _peak)
            _peak = leased;
        _live += bytes;
        _rents++;
    }

    private struct FreeList
    {
        public PooledStorage? Head;
        public long LastUse;
    }
}
