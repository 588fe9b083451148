using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

/// <summary>Hosts share a process and nothing else; without any host there is the CPU.</summary>
public sealed class SeveralHostsTests
{
    [Fact]
    public async Task TwoHosts_WithDifferentOptions_KeepTheirOwn()
    {
        using var a = await Hosts.StartAsync("""{ "Nabla": { "Device": "cpu", "Cpu": { "MaxThreads": 1, "MemoryLimitMegabytes": 1 } } }""");
        using var b = await Hosts.StartAsync("""{ "Nabla": { "Device": "cpu", "Cpu": { "MaxThreads": 2 } } }""");
        var (small, large) = (a.Services.GetRequiredService<Device>(), b.Services.GetRequiredService<Device>());
        Assert.NotSame(small.Implementation, large.Implementation);
        Assert.Equal(1, a.Services.GetRequiredService<IOptions<CpuOptions>>().Value.MaxThreads);
        Assert.Equal(2, b.Services.GetRequiredService<IOptions<CpuOptions>>().Value.MaxThreads);

        const long TwoMegabytes = 1 << 19; // elements
        Assert.Throws<DeviceOutOfMemoryException>(() => Tensor.Ones([TwoMegabytes], device: small));
        Assert.Equal(TwoMegabytes, Tensor.Ones([TwoMegabytes], device: large).Sum().Item<float>());
    }

    [Fact]
    public async Task Dispose_OfOneHost_LeavesTheOther()
    {
        var a = await Hosts.StartAsync("{}");
        using var b = await Hosts.StartAsync("{}");
        var gone = Tensor.Ones([2], device: a.Services.GetRequiredService<Device>());
        var stays = Tensor.Ones([2], device: b.Services.GetRequiredService<Device>());
        a.Dispose();
        Assert.Throws<DeviceDisposedException>(() => gone + 1);
        Assert.Equal([2f, 2f], (stays + 1).ToArray<float>());
    }

    [Fact]
    public void DefaultDevice_WithoutAContainer_IsTheCpu()
    {
        var t = Tensor.Zeros(2, 3);
        Assert.Equal("cpu", t.Device.Id.Text);
        Assert.Equal(new float[6], t.ToArray<float>());
    }

    [Fact]
    public async Task DefaultDevice_OfTheProcess_IsUntouchedByHosts()
    {
        var before = Tensor.Zeros(1).Device;
        using var host = await Hosts.StartAsync("""{ "Nabla": { "Device": "opencl:0" } }""");
        Assert.Same(before, Tensor.Zeros(1).Device);
        Assert.NotSame(before.Implementation, host.Services.GetRequiredService<DeviceCatalog>()["cpu"].Implementation);
    }

    [Fact]
    public async Task AsDefault_HoldsInItsScope_AndFollowsAwait()
    {
        using var host = await Hosts.StartAsync("""{ "Nabla": { "Device": "opencl:0" } }""");
        var device = host.Services.GetRequiredService<Device>();
        using (device.AsDefault())
        {
            Assert.Same(device.Implementation, Tensor.Zeros(1).Device.Implementation);
            await Task.Yield();
            Assert.Same(device.Implementation, Tensor.Zeros(1).Device.Implementation);
            using (host.Services.GetRequiredKeyedService<Device>("cpu").AsDefault())
                Assert.Equal("cpu", Tensor.Zeros(1).Device.Id.Text);
            Assert.Equal("cpu", Tensor.Zeros([1], device: host.Services.GetRequiredKeyedService<Device>("cpu")).Device.Id.Text);
        }

        Assert.Equal("cpu", Tensor.Zeros(1).Device.Id.Text);
    }

    [Fact]
    public async Task Devices_OfHostMemory_Interoperate()
    {
        using var a = await Hosts.StartAsync("{}");
        var x = Tensor.Ones([2], device: a.Services.GetRequiredService<Device>());
        Assert.Equal([2f, 2f], (x + Tensor.Ones(2)).ToArray<float>());
    }

    [Fact]
    public async Task Devices_OfDifferentMemory_DoNotMix()
    {
        using var host = await Hosts.StartAsync("""{ "Nabla": { "Device": "opencl:0" } }""");
        var x = Tensor.Ones([2], device: host.Services.GetRequiredService<Device>());
        var e = Assert.Throws<DeviceMismatchException>(() => x + Tensor.Ones(2));
        Assert.Contains("opencl:0 and cpu", e.Message);
        Assert.Equal([2f, 2f], (x + Tensor.Ones([])).ToArray<float>()); // a number of the host goes anywhere
        Assert.Equal([1.5f, 1.5f], Functional.HuberLoss(x, 3f, Reduction.None).ToArray<float>());
        var (y, point) = (Tensor.Ones([2], device: x.Device, requiresGrad: true), Tensor.From(3f, requiresGrad: true));
        Functional.SmoothL1Loss(point, y, Reduction.Sum).Backward();
        Assert.Equal((-1f, 2f, "cpu"), (y.Grad!.ToArray<float>()[0], point.Grad!.Item<float>(), point.Grad.Device.Id.Text));
    }
}
