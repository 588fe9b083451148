using Microsoft.Extensions.DependencyInjection;
using Nabla.Tests.Reference;

namespace Nabla.Tests;

/// <summary>A backend from another assembly joins a host with one call, beside the engine's own.</summary>
public sealed class PluginTests
{
    private static ServiceProvider Host(string device)
    {
        var services = new ServiceCollection();
        services.AddNabla(options => options.Device = device).AddCpu().AddReference().AddReference();
        return services.BuildServiceProvider();
    }

    [Fact]
    public void AddReference_ConfiguredByName_IsTheInjectedDevice()
    {
        using var host = Host("reference");
        var device = host.GetRequiredService<Device>();
        Assert.Equal("reference", device.Id.Text);
        using var _ = device.AsDefault();
        var x = Tensor.From(2f, requiresGrad: true);
        (x * x * 3f).Backward();
        Assert.Same(device.Implementation, x.Grad!.Device.Implementation);
        Assert.Equal(12f, x.Grad.Item<float>());
    }

    [Fact]
    public void AddReference_Twice_IsOneBackendInTheCatalog()
    {
        using var host = Host("cpu");
        Assert.Equal(["cpu", "reference"], host.GetRequiredService<DeviceCatalog>().Available.Select(d => d.Id.Text).Order());
        Assert.Equal("reference", host.GetRequiredKeyedService<Device>("reference").Id.Text);
        Assert.Equal("cpu", host.GetRequiredService<Device>().Id.Text);
    }

    [Fact]
    public void Reference_WithTheCpu_SharesHostMemory()
    {
        using var host = Host("cpu");
        var (cpu, reference) = (host.GetRequiredService<Device>(), host.GetRequiredKeyedService<Device>("reference"));
        var sum = Tensor.From([1f, 2f], device: cpu) + Tensor.From([10f, 20f], device: reference);
        Assert.Equal([11f, 22f], sum.ToArray<float>());
    }

    [Fact]
    public void Reference_AfterItsHostIsDisposed_RefusesItsTensors()
    {
        var host = Host("reference");
        var x = Tensor.From([1f, 2f], device: host.GetRequiredService<Device>());
        host.Dispose();
        Assert.Throws<DeviceDisposedException>(() => x + 1f);
        Assert.Throws<DeviceDisposedException>(() => x.ToArray<float>());
    }
}
