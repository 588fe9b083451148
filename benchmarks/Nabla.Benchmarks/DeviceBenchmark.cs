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

    public static IEnumerable<string> Devices => ["cpu", "opencl:0", "onnx:cpu"];

    protected Device Target { get; private set; } = null!;

    [GlobalSetup]
    public void Open()
    {
        _services = new ServiceCollection()
            .AddNabla(o => o.Device = Device).AddCpu().AddOpenCl().AddOnnx()
            .Services.BuildServiceProvider();
        Target = _services.GetRequiredService<Device>();
        using var scope = Target.AsDefault();
        Setup();
    }

    [GlobalCleanup]
    public void Close() => _services?.Dispose();

    protected abstract void Setup();

    /// <summary>Makes queued and recorded devices do the work within the measurement.</summary>
    protected void Finish(Tensor result)
    {
        Target.Implementation.Evaluate([((ITensor<Tensor>)result).Value]);
        Target.Synchronize();
    }
}
