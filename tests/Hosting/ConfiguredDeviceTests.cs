using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

/// <summary>What configuration chooses is what services get.</summary>
public sealed class ConfiguredDeviceTests
{
    [Theory]
    [InlineData("cpu")]
    [InlineData("opencl:0")]
    [InlineData("onnx:cpu")]
    public async Task Device_OfTheConfiguration_IsInjectedAndComputes(string name)
    {
        using var host = await Hosts.StartAsync($$"""{ "Nabla": { "Device": "{{name}}" } }""");
        var scorer = ActivatorUtilities.CreateInstance<Scorer>(host.Services);
        Assert.Equal(name, scorer.Device.Id.Text);
        Assert.Equal([2f, 4f, 6f], scorer.Double([1, 2, 3]));
    }

    [Fact]
    public async Task Device_NotConfigured_IsTheCpu()
    {
        using var host = await Hosts.StartAsync("{}");
        Assert.Equal("cpu", host.Services.GetRequiredService<Device>().Id.Text);
    }

    [Fact]
    public void Log_OfAHostWithoutAProvider_TakesNoWarnings()
    {
        using var host = Hosts.Create("{}");
        Assert.False(host.Services.GetRequiredService<ILogger<CpuBackend>>().IsEnabled(LogLevel.Warning)); // so that the CPU warns on the error stream
    }

    [Fact]
    public async Task Device_Keyed_IsAnyOther()
    {
        using var host = await Hosts.StartAsync("""{ "Nabla": { "Device": "cpu" } }""");
        var keyed = ActivatorUtilities.CreateInstance<Mover>(host.Services);
        Assert.Equal("opencl:0", keyed.Gpu.Id.Text);
        Assert.Same(keyed.Gpu, host.Services.GetRequiredService<DeviceCatalog>()["opencl:0"]);
        Assert.Equal([5f, 7f], keyed.RoundTrip([5, 7]));
    }

    [Fact]
    public async Task Catalog_ListsTheDevicesOfEveryBackend()
    {
        using var host = await Hosts.StartAsync("{}");
        var available = host.Services.GetRequiredService<DeviceCatalog>().Available;
        Assert.Superset(new HashSet<string> { "cpu", "opencl:0", "onnx:cpu" }, available.Select(d => d.Id.Text).ToHashSet());
        Assert.All(available, d => Assert.NotEmpty(d.Name));
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("tpu:3")]
    public async Task Start_UnknownBackend_FailsAndListsTheDevices(string name)
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => Hosts.StartAsync($$"""{ "Nabla": { "Device": "{{name}}" } }"""));
        Assert.Contains($"'{name}'", e.Message);
        Assert.Contains("there are: cpu, opencl:0", e.Message);
        Assert.Contains("onnx:cpu", e.Message);
    }

    [Fact]
    public async Task Start_UnknownDeviceOfABackend_FailsAndListsTheDevices()
    {
        var e = await Assert.ThrowsAsync<OptionsValidationException>(() => Hosts.StartAsync("""{ "Nabla": { "Device": "opencl:99" } }"""));
        Assert.Contains("there is no device 'opencl:99'; there are: opencl:0", e.Message);
    }

    [Theory]
    [InlineData("Cpu", "MaxThreads", "-1")]
    [InlineData("OpenCL", "MaxQueuedCommands", "0")]
    [InlineData("Onnx", "CacheLimitMegabytes", "0")]
    public async Task Start_OptionOutOfRange_FailsAndNamesIt(string section, string option, string value)
    {
        var json = $$"""{ "Nabla": { "{{section}}": { "{{option}}": {{value}} } } }""";
        var e = await Assert.ThrowsAnyAsync<Exception>(() => Hosts.StartAsync(json)); // several complaints arrive as an AggregateException
        Assert.True(e is OptionsValidationException || e is AggregateException { InnerException: OptionsValidationException }, e.ToString());
        Assert.Contains(option, e.Message);
    }

    private sealed class Scorer(Device device)
    {
        public Device Device => device;

        public float[] Double(float[] features)
        {
            using var _ = device.AsDefault();
            var x = Tensor.From(features);
            Assert.Equal(device.Id, x.Device.Id);
            return (x * 2).ToArray<float>();
        }
    }

    private sealed class Mover([FromKeyedServices("opencl:0")] Device gpu, Device cpu)
    {
        public Device Gpu => gpu;

        public float[] RoundTrip(float[] values) => Tensor.From(values, device: cpu).To(gpu).To(cpu).ToArray<float>();
    }
}
