using System.Runtime.CompilerServices;

namespace Nabla.Tests;

public sealed class HandleTrackerTests
{
    private readonly FakeDevice _device = new();

    private HostMemoryPool Pool => _device.Pool;

    [Fact]
    public void Sweep_DroppedOwner_ReleasesItsStorage()
    {
        Owner.Drop(Pool, 1000, 10);
        Assert.Equal(10_000, Pool.Statistics.Live);
        Owner.CollectAndSweep();
        Assert.Equal(0, Pool.Statistics.Live);
    }

    [Fact]
    public void Sweep_DroppedOwnerOfSeveral_ReleasesEachOnce()
    {
        var shared = Pool.Rent(500);
        DropNode(shared);
        Assert.Equal(2, shared.Owners);
        Assert.Equal(2500, Pool.Statistics.Live);
        Owner.CollectAndSweep();
        Assert.Equal(1, shared.Owners);
        Assert.Equal(500, Pool.Statistics.Live);
        shared.Release();
    }

    [Fact]
    public void Sweep_LiveOwner_KeepsItsStorage()
    {
        var owner = new Owner(Pool.Rent(1000));
        Owner.CollectAndSweep();
        Assert.Equal(1000, Pool.Statistics.Live);
        owner.Dispose();
        Assert.Equal(0, Pool.Statistics.Live);
    }

    [Fact]
    public void Release_OwnerOfNothing_FreesItsSlot()
    {
        int before = HandleTracker.Count;
        var owner = new Owner();
        Assert.Equal(before + 1, HandleTracker.Count);
        owner.Dispose();
        Assert.Equal(before, HandleTracker.Count);
    }

    [Fact]
    public void TryForget_OfSeveral_LeavesTheCountsToTheOwner()
    {
        var (a, b) = (Pool.Rent(100), Pool.Rent(100));
        object owner = new();
        int before = HandleTracker.Count, slot = HandleTracker.Track(owner, [a, b]);
        Assert.True(HandleTracker.TryRetain(in slot, a));
        Assert.True(HandleTracker.TryForget(ref slot));
        Assert.Equal((before, -1), (HandleTracker.Count, slot));
        Assert.False(HandleTracker.TryForget(ref slot));
        Assert.False(HandleTracker.TryRetain(in slot, a));
        Assert.Equal((2, 1), (a.Owners, b.Owners));
        a.Release();
        a.Release();
        b.Release();
        Assert.Equal(0, Pool.Statistics.Live);
        GC.KeepAlive(owner);
    }

    [Fact]
    public void Release_Disposed_IsNotReleasedAgainByASweep()
    {
        var block = Pool.Rent(1000);
        block.Retain();
        DropDisposed(block);
        Owner.CollectAndSweep();
        Assert.Equal(1, block.Owners);
        block.Release();
    }

    [Fact]
    public void Sweep_ResurrectedOwner_KeepsItsStorage()
    {
        var block = Pool.Rent(1000);
        DropResurrecting(block);
        Owner.CollectAndSweep(); // finalizable: still reachable from the queue
        Assert.Equal(1, block.Owners);
        GC.WaitForPendingFinalizers();
        Owner.CollectAndSweep();
        Assert.Equal(1, block.Owners);
        Resurrecting.Saved!.Owner = null;
        Resurrecting.Saved = null;
        Owner.CollectAndSweep();
        Assert.Equal(0, Pool.Statistics.Live);
    }

    [Fact]
    public void Sweep_WithoutACollection_LooksAtNothing()
    {
        Owner.CollectAndSweep();
        if (!HandleTracker.IsStale)
            Assert.Equal(0, HandleTracker.Sweep());
    }

    [Fact]
    public void Track_DoesNotKeepTheOwnerAlive()
    {
        var weak = DropWeak(Pool.Rent(1000));
        GC.Collect();
        Assert.False(weak.IsAlive);
        HandleTracker.Sweep();
        Assert.Equal(0, Pool.Statistics.Live);
    }

    [Fact]
    public void TrackAndRelease_SteadyState_AllocatesNothing()
    {
        var (a, b, c) = (Pool.Rent(100), Pool.Rent(100), Pool.Rent(100));
        object owner = new();
        Assert.Equal(0, Allocation.Least(1000, () =>
        {
            a.Retain();
            b.Retain();
            c.Retain();
            a.Retain();
            int one = HandleTracker.Track(owner, a), three = HandleTracker.Track(owner, [a, b, c]);
            HandleTracker.Release(owner, one);
            HandleTracker.Release(owner, three);
        }));
        Assert.Equal((1, 1, 1), (a.Owners, b.Owners, c.Owners));
    }

    [Fact]
    public void Track_ManyViewsDropped_SlotsStayBounded()
    {
        // Views rent nothing, so no pool ever looks: the table itself must.
        var block = Pool.Rent(1000);
        for (int round = 0; round < 100; round++)
            DropViews(block, 10_000);
        Assert.InRange(HandleTracker.Capacity, 256, 1 << 19);
        Owner.CollectAndSweep();
        Assert.Equal(1, block.Owners);
        block.Release();
    }

    [Fact]
    public void Sweep_WhileThreadsTrackReleaseAndDrop_DropsEachCountOnce()
    {
        const int Threads = 4, Rounds = 100, Owners = 100;
        var block = Pool.Rent(1000);
        var other = Pool.Rent(1000);
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, _ =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                block.Retain();
                other.Retain();
                var held = new Owner(block, other);
                DropViews(block, Owners);
                if (round % 10 == 0)
                    Collector.Shared.Collect(0);
                HandleTracker.Sweep();
                held.Dispose();
            }
        });
        Owner.CollectAndSweep();
        Assert.Equal((1, 1), (block.Owners, other.Owners));
        block.Release();
        other.Release();
    }

    [Fact]
    public void Sweep_EndedEarlyByAStorage_DropsTheOthersAtTheNext()
    {
        const int Owners = 10;
        Storage interrupted = new InterruptedStorage(_device), beside = Pool.Rent(1000), others = Pool.Rent(1000);
        DropViews(others, Owners);
        beside.Retain();
        DropNodeOf(interrupted, beside);
        DropViews(others, Owners);
        GC.Collect();
        Assert.Throws<ThreadInterruptedException>(() => HandleTracker.Sweep());
        HandleTracker.Sweep();
        Assert.Equal((0, 1, 1), (interrupted.Owners, beside.Owners, others.Owners));
        beside.Release();
        others.Release();
    }

    [Fact]
    public void Track_AfterABurst_GoesToTheLowSlotsThoughOneOwnerStaysInAHighOne()
    {
        var block = Pool.Rent(1000);
        var last = HoldViews(block, HandleTracker.TooManyOwners * 3 / 2);
        Owner.CollectAndSweep();
        object owner = new();
        int slot = int.MaxValue;
        for (int look = 0; look < 200 && slot > HandleTracker.TooManyOwners * 5 / 4; look++) // those of the burst went on to one and a half
        {
            DropForALook(block, look); // low slots are tried for seldom after tests in which that was in vain
            Owner.CollectAndSweep();
            block.Retain();
            slot = HandleTracker.Track(owner, block);
            HandleTracker.Release(owner, slot);
        }

        Assert.InRange(slot, 0, HandleTracker.TooManyOwners * 5 / 4);
        last.Dispose();
        Owner.CollectAndSweep();
        Assert.Equal(1, block.Owners);
        block.Release();
    }

    [Fact]
    public void Sweep_AfterABurst_QuotaShrinksAgain()
    {
        // With so many owners a look collects whatever it costs: what it then finds does not depend on time.
        var block = Pool.Rent(1000);
        HoldViews(block, HandleTracker.TooManyOwners * 3 / 2).Dispose();
        int grown = HandleTracker.Quota;
        Assert.InRange(grown, HandleTracker.TooManyOwners + 1, int.MaxValue);
        Owner.CollectAndSweep();
        for (int look = 0; look < 200 && HandleTracker.Quota >= grown; look++)
            DropForALook(block, look);
        Assert.InRange(HandleTracker.Quota, 1, grown - 1);
        Owner.CollectAndSweep();
        Assert.Equal(1, block.Owners);
        block.Release();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static Owner HoldViews(Storage block, int count)
    {
        var owners = new List<Owner>();
        for (int i = 0; i < count; i++)
        {
            block.Retain();
            owners.Add(new Owner(block));
        }

        GC.KeepAlive(owners);
        return owners[^1];
    }

    /// <summary>
    /// So many that vanished ones are looked for, each time at another distance from the collections that come by themselves: a look that finds between a quarter and three
    /// quarters of the quota in use, as far as it can tell, leaves all as it is.
    /// </summary>
    private static void DropForALook(Storage block, int look) => DropViews(block, HandleTracker.Quota + (look % 16 * HandleTracker.Quota / 13));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropViews(Storage block, int count)
    {
        for (int i = 0; i < count; i++)
        {
            block.Retain();
            _ = new Owner(block);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void DropNode(Storage shared)
    {
        shared.Retain();
        _ = new Owner(Pool.Rent(1000), shared, Pool.Rent(1000));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropNodeOf(Storage first, Storage second) => _ = new Owner(first, second);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropDisposed(Storage block) => new Owner(block).Dispose();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference DropWeak(Storage block) => new(new Owner(block));

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void DropResurrecting(Storage block) => _ = new Resurrecting { Owner = new Owner(block) };

    /// <summary>Whoever lets go of it last is interrupted where it waits for a lock.</summary>
    private sealed class InterruptedStorage(IDevice device) : Storage(device)
    {
        public override long ByteLength => 0;

        protected override void OnReleased() => throw new ThreadInterruptedException();
    }

    private sealed class Resurrecting
    {
        public static Resurrecting? Saved { get; set; }

        public Owner? Owner { get; set; }

        ~Resurrecting()
        {
            if (Owner is not null)
                Saved = this;
        }
    }
}
