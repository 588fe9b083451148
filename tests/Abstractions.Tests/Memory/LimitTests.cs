namespace Nabla.Tests;

public sealed class LimitTests
{
    [Fact]
    public void Rent_BeyondTheLimit_ThrowsWithTheFigures()
    {
        var pool = new FakeDevice("small", limit: 1 << 20).Pool;
        var held = pool.Rent(900_000);
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => pool.Rent(300_000));
        Assert.Equal("Allocate", e.Operation);
        Assert.Contains("327680 bytes do not fit the limit of 1048576 bytes of small", e.Message);
        Assert.Contains("leased 0.9 MB", e.Message);
        Assert.Contains("1/1/1 collections", e.Message);
        Assert.Contains("raise the limit", e.Message);
        held.Release();
        pool.Rent(300_000).Release(); // the pool works on
    }

    [Fact]
    public void Rent_MoreThanTheLimitAtOnce_ThrowsWithoutCollecting()
    {
        var pool = new FakeDevice("small", limit: 1 << 20).Pool;
        Assert.Contains("exceed the limit", Assert.Throws<DeviceOutOfMemoryException>(() => pool.Rent(2 << 20)).Message);
        Assert.Equal(0, pool.Statistics.Reclaims);
    }

    [Fact]
    public void Rent_CacheInTheWay_IsTrimmed()
    {
        var pool = new FakeDevice("small", limit: 1 << 20).Pool;
        pool.Rent(900_000).Release();
        var block = pool.Rent(300_000);
        Assert.Equal((327_680L, 0L), (pool.Statistics.Leased, pool.Statistics.Cached));
        Assert.Equal(1, pool.Statistics.Trims.Count);
        block.Release();
    }

    [Fact]
    public void Rent_DroppedOwnersInTheWay_AreReclaimed()
    {
        var pool = new FakeDevice("small", limit: 1 << 20).Pool;
        Owner.Drop(pool, 100_000, 500);
        Assert.InRange(pool.Statistics.Peak, 100_000, 1 << 20);
    }

    [Fact]
    public void Limit_NotPositive_IsRefused() => Assert.Throws<ArgumentOutOfRangeException>(() => new FakeDevice("none", limit: 0));
}
