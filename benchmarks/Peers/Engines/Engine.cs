using Microsoft.Extensions.DependencyInjection;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Both engines, limited to the same number of threads.</summary>
internal sealed class Engine : IDisposable
{
    private readonly ServiceProvider _services;

    public Engine(int threads)
    {
        Threads = threads;
        _services = new ServiceCollection().AddNabla().AddCpu(o => o.MaxThreads = threads).Services.BuildServiceProvider();
        Device = _services.GetRequiredService<Device>();
        Torch.set_num_threads(threads);
        Torch.set_num_interop_threads(threads);
    }

    /// <summary>The most threads that compute at once.</summary>
    public int Threads { get; }

    /// <summary>Nabla's CPU. Rows name it where they create tensors: it is not the default of the process, which has all threads.</summary>
    public Device Device { get; }

    public void Dispose() => _services.Dispose();
}
