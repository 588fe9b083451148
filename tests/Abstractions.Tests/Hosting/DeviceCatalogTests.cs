namespace Nabla.Tests;

public sealed class DeviceCatalogTests
{
    private readonly FakeBackend _backend = new();
    private readonly DeviceCatalog _catalog;

    public DeviceCatalogTests() => _catalog = new DeviceCatalog([_backend]);

    [Fact]
    public void Item_OpensEachDeviceOnce()
    {
        Assert.Same(_catalog["fake:0"], _catalog[" Fake:0 "]);
        Assert.NotSame(_catalog["fake:0"], _catalog["fake:1"]);
        Assert.Equal(2, _backend.Opened.Count);
    }

    [Fact]
    public void Item_ManyThreads_OpenOnce()
    {
        Parallel.For(0, 100, _ => Assert.NotNull(_catalog["fake:1"]));
        Assert.Single(_backend.Opened);
    }

    [Fact]
    public void Item_FailedOpening_IsTriedAgain()
    {
        _backend.Failures = 1;
        Assert.Throws<DeviceUnavailableException>(() => _catalog["fake:0"]);
        Assert.Equal("fake:0", _catalog["fake:0"].Id.Text);
    }

    [Fact]
    public void Dispose_DisposesWhatWasOpened_OnceAndForGood()
    {
        _ = _catalog["fake:0"];
        _catalog.Dispose();
        _catalog.Dispose();
        Assert.True(Assert.Single(_backend.Opened).Disposed);
        Assert.Contains("the host has stopped", Assert.Throws<DeviceDisposedException>(() => _catalog["fake:1"]).Message);
    }

    [Fact]
    public void Dispose_TensorsThatComeBackLater_AreFreed()
    {
        var device = _catalog["fake:0"];
        var tensor = device.Implementation.Allocate(new(DType.Float32, [4]));
        _catalog.Dispose();
        tensor.Storage.Release();
        Assert.False(((HostStorage)tensor.Storage).IsManaged);
        Assert.Equal(0, device.Memory.Statistics.Leased);
    }

    [Fact]
    public void AsDefault_HoldsUntilDisposed_AndFollowsAwait()
    {
        Assert.Null(Ambient.Current);
        using (_catalog["fake:0"].AsDefault())
        {
            Assert.Equal("fake:0", Ambient.Current!.Device!.Id.Text);
            using (_catalog["fake:1"].AsDefault())
                Assert.Equal("fake:1", Ambient.Current!.Device!.Id.Text);
            Assert.Equal("fake:0", Ambient.Current!.Device!.Id.Text);
        }

        Assert.Null(Ambient.Current);
    }
}
