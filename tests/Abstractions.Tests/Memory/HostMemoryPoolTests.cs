namespace Nabla.Tests;

public sealed unsafe class HostMemoryPoolTests
{
    private readonly FakeDevice _device = new();

    private HostMemoryPool Pool => _device.Pool;

    [Fact]
    public void Rent_AfterRelease_GivesTheLastBlockFirst()
    {
        var (a, b) = (Pool.Rent(1000), Pool.Rent(1000));
        a.Release();
        b.Release();
        Assert.Same(b, Pool.Rent(900));
        Assert.Same(a, Pool.Rent(1024));
        Assert.Equal(2, Pool.Statistics.Allocations);
        Assert.Equal(4, Pool.Statistics.Rents);
    }

    [Fact]
    public void Rent_Reused_StartsANewTenancy()
    {
        var block = Pool.Rent(100);
        block.BumpVersion();
        block.Retain();
        block.Release();
        Assert.Equal(1, block.Owners);
        block.Release();
        Assert.Same(block, Pool.Rent(99));
        Assert.Equal((1, 0, 99L), (block.Owners, block.Version, block.ByteLength));
    }

    [Fact]
    public void Rent_OtherSize_GivesAnotherBlock()
    {
        var block = Pool.Rent(100);
        block.Release();
        Assert.NotSame(block, Pool.Rent(200));
    }

    [Fact]
    public void Rent_Negative_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => Pool.Rent(-1));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100_000)]
    public void Rent_AnySize_IsAlignedAndWritable(long bytes)
    {
        var block = Pool.Rent(bytes);
        Assert.Equal(0, (nint)block.Pointer % HostStorage.Alignment);
        Assert.True(block.IsManaged && block.Capacity >= bytes);
        new Span<byte>(block.Pointer, (int)block.Capacity).Fill(7);
        fixed (byte* first = &block.Reference)
            Assert.True(first == block.Pointer);
        Assert.Equal((nint)block.Pointer, (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(
            ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference((byte[])block.BackingArray!)) + (nint)block.ArrayOffset);
        block.Release();
    }

    [Fact]
    public void Statistics_CountLiveLeasedCachedAndPeak()
    {
        var (a, b) = (Pool.Rent(100), Pool.Rent(1000)); // 112 and 1024 bytes
        var s = Pool.Statistics;
        Assert.Equal((1100L, 1136L, 0L, 1136L), (s.Live, s.Leased, s.Cached, s.Peak));
        a.Release();
        s = Pool.Statistics;
        Assert.Equal((1000L, 1024L, 112L, 1136L), (s.Live, s.Leased, s.Cached, s.Peak));
        b.Release();
        s = Pool.Statistics;
        Assert.Equal((0L, 0L, 1136L, 1136L), (s.Live, s.Leased, s.Cached, s.Peak));
        Assert.Contains("cached 0.0 MB", s.ToString());
    }

    [Fact]
    public void Trim_Keep_FreesTheSizeThatWasNotUsedTheLongest()
    {
        var (old, recent) = (Pool.Rent(64 << 10), Pool.Rent(32 << 10));
        old.Release();
        recent.Release();
        Pool.Trim(keep: 40 << 10);
        Assert.Equal(32 << 10, Pool.Statistics.Cached);
        Assert.Same(recent, Pool.Rent(32 << 10));
        Assert.False(old.IsManaged); // its memory is gone
    }

    [Fact]
    public void Release_Exported_NeverReturnsToThePool()
    {
        var block = Pool.Rent(1000);
        var array = block.BackingArray;
        block.MarkExported();
        block.Release();
        Assert.Equal((0L, 0L), (Pool.Statistics.Leased, Pool.Statistics.Cached));
        Assert.NotSame(array, Pool.Rent(1000).BackingArray);
    }

    [Fact]
    public void Release_OwnersOnTwoThreads_TheLastOneAloneGivesBack()
    {
        for (int i = 0; i < 2000; i++)
        {
            var block = Pool.Rent(100);
            block.Retain();
            Parallel.Invoke(block.Release, () =>
            {
                block.Retain();
                block.Release();
                block.Release();
            });
            Assert.Equal(0, block.Owners);
            Assert.Equal((0, block.Capacity), (Pool.Statistics.Leased, Pool.Statistics.Cached));
        }

        Assert.Equal(1, Pool.Statistics.Allocations);
    }

    [Fact]
    public void Release_FromManyThreads_KeepsTheBooks()
    {
        Parallel.For(0, 8, thread =>
        {
            var random = new Random(thread);
            var held = new Queue<HostStorage>();
            for (int i = 0; i < 5000; i++)
            {
                held.Enqueue(Pool.Rent(random.Next(1, 5000)));
                if (held.Count > 10)
                    held.Dequeue().Release();
            }

            foreach (var block in held)
                block.Release();
        });
        var s = Pool.Statistics;
        Assert.Equal((0L, 0L, 40_000L), (s.Live, s.Leased, s.Rents));
        Assert.InRange(s.Cached, 1, 1 << 20);
        Pool.Trim();
        Assert.Equal(0, Pool.Statistics.Cached);
    }

    [Fact]
    public void Close_LaterReturns_AreDestroyed()
    {
        var (held, cached) = (Pool.Rent(1000), Pool.Rent(1000));
        cached.Release();
        _device.Dispose();
        Assert.False(cached.IsManaged);
        Assert.True(held.IsManaged);
        held.Pointer[0] = 1; // still the tenant's
        held.Release();
        Assert.False(held.IsManaged);
        Assert.Equal((0L, 0L), (Pool.Statistics.Leased, Pool.Statistics.Cached));
    }

    [Fact]
    public void Rent_AfterClose_SaysThatTheDeviceIsGone()
    {
        _device.Dispose();
        Assert.Contains("fake was disposed", Assert.Throws<DeviceDisposedException>(() => Pool.Rent(1)).Message);
    }

    [Fact]
    public void RentAndRelease_Cached_AllocatesNothing()
    {
        Assert.Equal(0, Allocation.Least(1000, () => Pool.Rent(100).Release()));
    }

    [Fact]
    public void DefaultLimit_IsHalfOfWhatTheProcessMayUse() =>
        Assert.InRange(HostMemoryPool.DefaultLimit, 64L << 20, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2 + (64L << 20));
}
