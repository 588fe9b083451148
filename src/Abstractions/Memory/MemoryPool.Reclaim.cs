using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>The slow path: new blocks, pacing, trimming, and the end of memory.</content>
public abstract partial class MemoryPool<TBlock>
{
    /// <summary>The cache may make up for that much of the target: sizes that alternate between phases of a step would thrash otherwise.</summary>
    private const int FootprintFactor = 2;

    /// <summary>A pool of so many blocks is worth watching.</summary>
    private const int BlocksToPublish = 64;

    private const string RaiseTheLimit = "use smaller batches, or raise the limit";

    private TBlock RentNew(long bytes, int sizeClass, long capacity)
    {
        PooledStorage? block;
        while (!TryLease(bytes, sizeClass, capacity, out block))
            MakeRoom(capacity, thorough: false);
        block ??= CreateLeased(bytes, sizeClass, capacity);
        block.Open(bytes);
        return Unsafe.As<TBlock>(block);
    }

    /// <summary>Leases a cached block, or the room for a new one (null); false when that would pass the target or the limit.</summary>
    private bool TryLease(long bytes, int sizeClass, long capacity, out PooledStorage? block)
    {
        block = null;
        _gate.Enter();
        bool closed = _closed, room = !closed && _leased + capacity <= _target;
        if (room && (block = _free[sizeClass].Head) is not null)
        {
            Take(block, sizeClass, capacity, bytes);
        }
        else if (room && (room = _leased + _cached + capacity <= Footprint))
        {
            _free[sizeClass].LastUse = _rents;
            _allocations++;
            Lease(capacity, bytes); // before the block is made, so that threads cannot pass the limit together
        }

        _gate.Exit();
        return closed
            ? throw new DeviceDisposedException("Allocate", $"{Device.Id} was disposed, and its memory with it; create tensors before its host stops.")
            : room;
    }

    private long Footprint => Math.Min(Limit, _target * FootprintFactor);

    private TBlock CreateLeased(long bytes, int sizeClass, long capacity)
    {
        TBlock block;
        try
        {
            block = CreateOrReclaim(capacity);
        }
        catch
        {
            _gate.Enter();
            _leased -= capacity;
            _live -= bytes;
            _gate.Exit();
            throw;
        }

        if (Volatile.Read(ref _allocations) >= BlocksToPublish)
            MemoryMetrics.Publish();
        block.Pool = this;
        block.ClassIndex = sizeClass;
        Debug.Assert(block.Capacity == capacity, "Create must make a block of the capacity it was asked for.");
        return block;
    }

    private TBlock CreateOrReclaim(long capacity)
    {
        try
        {
            return Create(capacity);
        }
        catch (Exception e) when (e is OutOfMemoryException or DeviceOutOfMemoryException)
        {
            MakeRoom(0, thorough: true);
            try
            {
                return Create(capacity);
            }
            catch (Exception again) when (again is OutOfMemoryException or DeviceOutOfMemoryException)
            {
                throw OutOfMemory(capacity, "cannot be had from the system or driver", "or use smaller batches", again);
            }
        }
    }

    private void MakeRoom(long capacity, bool thorough)
    {
        lock (Reclaiming.Gate)
        {
            if (capacity > Limit)
                throw OutOfMemory(capacity, $"exceed the limit of {Limit} bytes", RaiseTheLimit, null);
            if (thorough || Volatile.Read(ref _leased) + capacity > _target) // another thread may have made room meanwhile
            {
                _pacing.Reclaim(this, capacity, Limit, thorough);
                _gate.Enter();
                _target = Math.Min(Limit, _pacing.Target);
                _reclaims = _pacing.Figures;
                bool fits = _leased + capacity <= Limit;
                _gate.Exit();
                if (!fits)
                    throw OutOfMemory(capacity, $"do not fit the limit of {Limit} bytes", RaiseTheLimit, null);
            }

            if (thorough)
                TrimCounted(0);
            else
                TrimCounted(Math.Max(0, Footprint - Volatile.Read(ref _leased) - capacity));
        }
    }

    private void TrimCounted(long keep)
    {
        long before = Volatile.Read(ref _cached);
        if (before <= keep)
            return;
        long started = Stopwatch.GetTimestamp();
        Trim(keep);
        var time = Stopwatch.GetElapsedTime(started);
        _gate.Enter();
        _trims = _trims.Plus(time, Math.Max(0, before - _cached));
        _gate.Exit();
    }

    /// <summary>Takes a block off the cache, from the size that was not asked for the longest; null when no more than so much is cached.</summary>
    private TBlock? PopOldest(long keep)
    {
        PooledStorage? block = null;
        _gate.Enter();
        if (_cached > keep)
        {
            int oldest = -1;
            for (int i = 0; i < _free.Length; i++)
                if (_free[i].Head is not null && (oldest < 0 || _free[i].LastUse <= _free[oldest].LastUse))
                    oldest = i; // of equally old ones the largest, which the index says
            block = _free[oldest].Head!;
            _free[oldest].Head = block.NextFree;
            block.NextFree = null;
            _cached -= block.Capacity;
        }

        _gate.Exit();
        return Unsafe.As<TBlock>(block);
    }

    private DeviceOutOfMemoryException OutOfMemory(long capacity, string problem, string remedy, Exception? inner) =>
        new("Allocate", $"{capacity} bytes {problem} of {Device.Id} ({Statistics}); drop or dispose tensors, {remedy}.", inner);
}

/// <summary>One reclaim at a time in the process: they all use one collector and one handle table.</summary>
internal static class Reclaiming
{
    public static readonly Lock Gate = new();
}
