using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

public sealed class AddNablaTests
{
    [Fact]
    public async Task Start_ConfiguredDevice_IsInjected()
    {
        using var host = Host("fake:1");
        await host.StartAsync(TestContext.Current.CancellationToken);
        var device = host.Services.GetRequiredService<Device>();
        Assert.Equal("fake:1", device.ToString());
        Assert.Same(device, host.Services.GetRequiredService<DeviceCatalog>()["fake:1"]);
        Assert.Single(Backend(host).Opened);
    }

    [Fact]
    public async Task Start_UnknownBackend_FailsWithTheList()
    {
        using var host = Host("gpu:0");
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("no backend offers 'gpu:0'; there are: fake:0, fake:1", e.Message);
    }

    [Fact]
    public async Task Start_UnknownDeviceOfABackend_Fails()
    {
        using var host = Host("fake:7");
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("there is no 'fake:7'", e.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    public async Task Start_EmptyName_Fails(string name)
    {
        using var host = Host(name);
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("the name of a device is empty", e.Message);
    }

    [Fact]
    public async Task Start_NoBackend_SaysSo()
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddNabla();
        using var host = builder.Build();
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains("no backend offers 'cpu'; there are no devices at all", e.Message);
    }

    [Fact]
    public void TwoHosts_WithDifferentOptions_HaveTheirOwnDevices()
    {
        using IHost a = Host("fake:0"), b = Host("fake:1"), c = Host("fake:1");
        var (x, y, z) = (a.Services.GetRequiredService<Device>(), b.Services.GetRequiredService<Device>(), c.Services.GetRequiredService<Device>());
        Assert.Equal(("fake:0", "fake:1", "fake:1"), (x.Id.Text, y.Id.Text, z.Id.Text));
        Assert.NotSame(y.Implementation, z.Implementation);
        b.Dispose();
        Assert.True(((FakeDevice)y.Implementation).Disposed);
        Assert.False(((FakeDevice)z.Implementation).Disposed);
    }

    [Fact]
    public void Keyed_AnyDevice_ByName()
    {
        using var host = Host("fake:0");
        var device = host.Services.GetRequiredKeyedService<Device>("fake:1");
        Assert.Equal("fake:1", device.Id.Text);
        Assert.Same(device, host.Services.GetRequiredService<DeviceCatalog>()["FAKE:1"]);
        Assert.Throws<UnknownDeviceException>(() => host.Services.GetRequiredKeyedService<Device>("gpu"));
    }

    [Fact]
    public void AddBackend_Twice_ChangesNothing()
    {
        var services = new ServiceCollection();
        services.AddNabla(o => o.Device = "fake:0").AddBackend<FakeBackend>().AddBackend<FakeBackend>();
        services.AddNabla().AddBackend<FakeBackend>();
        using var provider = services.BuildServiceProvider();
        Assert.Single(provider.GetServices<IBackend>());
        Assert.Equal(2, provider.GetRequiredService<DeviceCatalog>().Available.Count);
        Assert.Equal("fake:0", provider.GetRequiredService<Device>().Id.Text);
        Assert.Single(provider.GetServices<IValidateOptions<NablaOptions>>());
    }

    [Fact]
    public void Configuration_Section_NamesTheDevice()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Nabla:Device", "fake:1")]).Build();
        var services = new ServiceCollection();
        var builder = services.AddNabla(configuration.GetSection("Nabla")).AddBackend<FakeBackend>();
        Assert.Equal("fake:1", builder.Configuration!["Device"]);
        using var provider = services.BuildServiceProvider();
        Assert.Equal("fake:1", provider.GetRequiredService<Device>().Id.Text);
    }

    [Fact]
    public void Configuration_WithoutDevice_KeepsTheDefault()
    {
        var services = new ServiceCollection();
        services.AddNabla(new ConfigurationBuilder().Build());
        services.Configure<NablaOptions>(o => Assert.Equal("cpu", o.Device));
        services.AddSingleton<IBackend, FakeBackend>();
        using var provider = services.BuildServiceProvider();
        Assert.Throws<OptionsValidationException>(() => provider.GetRequiredService<IOptions<NablaOptions>>().Value);
    }

    private static IHost Host(string device)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddNabla(o => o.Device = device).AddBackend<FakeBackend>();
        return builder.Build();
    }

    private static FakeBackend Backend(IHost host) => (FakeBackend)host.Services.GetRequiredService<IBackend>();
}
