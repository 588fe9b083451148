using System.Diagnostics;

namespace Nabla;

/// <summary>
/// Blocks of host memory by size class, last in first out: the block that comes back last is the one still in the cache.
/// </summary>
public sealed class HostMemoryPool : IMemoryPool
{
    private readonly Lock _gate = new();
    private readonly Stack<HostStorage>?[] _free = new Stack<HostStorage>?[SizeClass.Count];
    private readonly IDevice _device;
    private MemoryStatistics _statistics;
    private bool _disposed;

    /// <summary>Creates the pool of a device.</summary>
    /// <param name="device">The device that owns the storages.</param>
    /// <param name="limit">Bytes that may be in use; see <see cref="IMemoryPool.Limit"/>.</param>
    public HostMemoryPool(IDevice device, long limit)
    {
        _device = device;
        Limit = limit;
    }

    /// <inheritdoc/>
    public long Limit { get; }

    /// <inheritdoc/>
    public MemoryStatistics Statistics
    {
        get
        {
            lock (_gate)
                return _statistics;
        }
    }

    /// <summary>A storage with one owner. Its contents are arbitrary.</summary>
    /// <exception cref="DeviceOutOfMemoryException">The limit would be passed even after every dropped tensor was reclaimed.</exception>
    public HostStorage Rent(long bytes)
    {
        int sizeClass = SizeClass.Of(bytes);
        long capacity = SizeClass.Bytes(sizeClass);
        HostStorage? block = null;
        lock (_gate)
        {
            if (_free[sizeClass] is { Count: > 0 } stack)
            {
                block = stack.Pop();
                _statistics = _statistics with { Cached = _statistics.Cached - capacity };
            }
        }

        if (block is null)
        {
            Reclaim(capacity);
            block = new HostStorage(_device, this, capacity);
        }

        lock (_gate)
        {
            long leased = _statistics.Leased + capacity;
            _statistics = _statistics with { Leased = leased, Peak = Math.Max(leased, _statistics.Peak), Rents = _statistics.Rents + 1 };
        }

        block.Open(bytes);
        return block;
    }

    /// <inheritdoc/>
    public void Trim(long keep = 0)
    {
        lock (_gate)
        {
            for (int i = SizeClass.Count - 1; i >= 0 && _statistics.Cached > keep; i--)
            {
                while (_free[i] is { Count: > 0 } stack && _statistics.Cached > keep)
                {
                    var block = stack.Pop();
                    _statistics = _statistics with { Cached = _statistics.Cached - block.Capacity };
                    block.Destroy();
                }
            }
        }
    }

    /// <summary>Frees the cache and stops caching: blocks that come back later are freed.</summary>
    public void Close()
    {
        lock (_gate)
            _disposed = true;
        Trim();
    }

    internal void Return(HostStorage block)
    {
        lock (_gate)
        {
            _statistics = _statistics with { Leased = _statistics.Leased - block.Capacity };
            if (!_disposed && !block.Exported)
            {
                (_free[SizeClass.Of(block.Capacity)] ??= new()).Push(block);
                _statistics = _statistics with { Cached = _statistics.Cached + block.Capacity };
                return;
            }
        }

        block.Destroy();
    }

    private void Reclaim(long capacity)
    {
        long started = Stopwatch.GetTimestamp();
        HandleTracker.Sweep();
        lock (_gate)
        {
            _statistics = _statistics with
            {
                Allocations = _statistics.Allocations + 1,
                Reclaims = _statistics.Reclaims + 1,
                ReclaimTime = _statistics.ReclaimTime + Stopwatch.GetElapsedTime(started),
            };
            if (_statistics.Leased + capacity <= Limit)
                return;
            throw new DeviceOutOfMemoryException(
                "Allocate", $"{capacity} bytes do not fit the limit of {Limit} bytes of {_device.Id} ({_statistics}); drop tensors or raise the limit.");
        }
    }
}
