namespace Nabla.Tests;

/// <summary>The base of pools as a device plugin uses it.</summary>
public sealed class PluginPoolTests
{
    private readonly PluginPool _pool = new(limit: 1 << 20);

    [Fact]
    public void Rent_CreateFailsOnce_TrimsAndAsksAgain()
    {
        _pool.Rent(1000).Release();
        _pool.Failures = 1;
        var block = _pool.Rent(5000);
        Assert.Equal(5120, block.Capacity);
        Assert.Equal([1024L], _pool.Destroyed);
        Assert.Equal((5000L, 5120L, 0L), (_pool.Statistics.Live, _pool.Statistics.Leased, _pool.Statistics.Cached));
        Assert.Equal(1, _pool.Statistics.Trims.Count);
        Assert.Equal(1024, _pool.Statistics.Trims.Bytes);
    }

    [Fact]
    public void Rent_CreateFailsTwice_SaysOutOfMemoryWithTheCause()
    {
        _pool.Failures = 2;
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => _pool.Rent(5000));
        Assert.IsType<OutOfMemoryException>(e.InnerException);
        Assert.Contains("5120 bytes cannot be had", e.Message);
        Assert.Equal((0L, 0L), (_pool.Statistics.Live, _pool.Statistics.Leased));
        _pool.Rent(5000).Release();
    }

    [Fact]
    public void Rent_CreateThrowsSomethingElse_PassesItOnAndKeepsTheBooks()
    {
        _pool.Error = new InvalidOperationException("lost");
        Assert.Same(_pool.Error, Assert.Throws<InvalidOperationException>(() => _pool.Rent(5000)));
        Assert.Equal(0, _pool.Statistics.Leased);
    }

    [Fact]
    public void Close_DestroysTheCacheNowAndTheRestLater()
    {
        var (held, cached) = (_pool.Rent(2000), _pool.Rent(100));
        cached.Release();
        _pool.Close();
        Assert.Equal([112L], _pool.Destroyed);
        held.Release();
        Assert.Equal([112L, 2048L], _pool.Destroyed);
    }

    [Fact]
    public void Rent_OtherSizesFillTheLimit_TrimsThem()
    {
        for (int i = 0; i < 10; i++)
            _pool.Rent((i + 1) * 10_000).Release();
        Assert.Empty(_pool.Destroyed);
        _pool.Rent(600_000);
        Assert.NotEmpty(_pool.Destroyed);
        Assert.InRange(_pool.Statistics.Leased + _pool.Statistics.Cached, 600_000, 1 << 20);
    }

    private sealed class PluginBlock(IDevice device, long capacity) : PooledStorage(device, capacity);

    private sealed class PluginPool(long limit) : MemoryPool<PluginBlock>(new FakeDevice("plugin:0"), limit)
    {
        public int Failures { get; set; }

        public Exception? Error { get; set; }

        public List<long> Destroyed { get; } = [];

        protected override PluginBlock Create(long capacity)
        {
            if (Error is not null)
                throw Error;
            return Failures-- > 0 ? throw new OutOfMemoryException("none left") : new PluginBlock(Device, capacity);
        }

        protected override void Destroy(PluginBlock block) => Destroyed.Add(block.Capacity);
    }
}
