using System.Runtime.CompilerServices;

namespace Nabla.Tests;

/// <summary>Owns storages as a tensor's handle or a graph's node does.</summary>
internal sealed class Owner
{
    private int _slot;

    public Owner(params ReadOnlySpan<Storage> storages) => _slot = HandleTracker.Track(this, storages);

    public void Dispose()
    {
        int slot = Interlocked.Exchange(ref _slot, -1);
        if (slot >= 0)
            HandleTracker.Release(this, slot);
    }

    /// <summary>Owners that nobody holds. In a method of their own: unoptimized code keeps locals alive to the end of the method.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Drop(HostMemoryPool pool, long bytes, int count)
    {
        for (int i = 0; i < count; i++)
            _ = new Owner(pool.Rent(bytes));
    }

    /// <summary>What the collector finds of owners that were dropped, all of it.</summary>
    public static void CollectAndSweep()
    {
        GC.Collect();
        HandleTracker.Sweep();
    }
}
