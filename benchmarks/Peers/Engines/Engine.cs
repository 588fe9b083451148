using Microsoft.Extensions.DependencyInjection;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>
/// Nabla and its peers, limited to the same number of threads. Each is loaded when it is first used: a process that measures the memory of one holds
/// no other.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly Lazy<(ServiceProvider Services, Device Device)> _ours;
    private bool _torchLimited;

    public Engine(int threads)
    {
        Threads = threads;
        _ours = new(() =>
        {
            var services = new ServiceCollection().AddNabla().AddCpu(o => o.MaxThreads = threads).Services.BuildServiceProvider();
            return (services, services.GetRequiredService<Device>());
        });
    }

    /// <summary>The most threads that compute at once.</summary>
    public int Threads { get; }

    /// <summary>Nabla's CPU. Rows name it where they create tensors: it is not the default of the process, which has all threads.</summary>
    public Device Device => _ours.Value.Device;

    /// <summary>Limits libtorch's threads; to be called before its first computation.</summary>
    public void LimitTorch()
    {
        if (_torchLimited)
            return;
        Torch.set_num_threads(Threads);
        Torch.set_num_interop_threads(Threads);
        _torchLimited = true;
    }

    public void Dispose()
    {
        if (_ours.IsValueCreated)
            _ours.Value.Services.Dispose();
    }
}
