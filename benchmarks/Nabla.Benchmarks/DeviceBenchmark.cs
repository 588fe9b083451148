using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Benchmarks;

/// <summary>Runs on every device that this machine has.</summary>
[MemoryDiagnoser]
public abstract class DeviceBenchmark
{
    private ServiceProvider? _services;

    [ParamsSource(nameof(Devices))]
    public string Device { get; set; } = "cpu";

    public static IEnumerable<string> Devices
    {
        get
        {
            using var services = Host("cpu");
            return [.. services.GetRequiredService<DeviceCatalog>().Available.Select(d => d.Id.ToString())];
        }
    }

    protected Device Target { get; private set; } = null!;

    [GlobalSetup]
    public void Open()
    {
        _services = Host(Device);
        Target = _services.GetRequiredService<Device>();
        using var scope = Target.AsDefault();
        Setup();
    }

    [GlobalCleanup]
    public void Close() => _services?.Dispose();

    protected abstract void Setup();

    /// <summary>Makes queued and recorded devices do the work within the measurement.</summary>
    protected void Finish(params Tensor[] results)
    {
        Target.Implementation.Evaluate([.. results.Select(r => ((ITensor<Tensor>)r).Value)]);
        Target.Synchronize();
    }

    private static ServiceProvider Host(string device) =>
        new ServiceCollection().AddNabla(o => o.Device = device).AddCpu().AddOpenCl().AddOnnx().Services.BuildServiceProvider();
}
