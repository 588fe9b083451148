using Microsoft.Extensions.DependencyInjection;
using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>
/// Nabla and its peers, limited to the same number of threads. A peer is loaded when it is first used: a process that measures Nabla's memory holds
/// no other.
/// </summary>
internal sealed class Engine : IDisposable
{
    private readonly ServiceProvider _services;
    private bool _torchLimited;

    public Engine(int threads)
    {
        Threads = threads;
        _services = new ServiceCollection().AddNabla().AddCpu(o => o.MaxThreads = threads).Services.BuildServiceProvider();
        Device = _services.GetRequiredService<Device>();
    }

    /// <summary>The most threads that compute at once.</summary>
    public int Threads { get; }

    /// <summary>Nabla's CPU. Rows name it where they create tensors: it is not the default of the process, which has all threads.</summary>
    public Device Device { get; }

    /// <summary>Limits libtorch's threads; to be called before its first computation.</summary>
    public void LimitTorch()
    {
        if (_torchLimited)
            return;
        Torch.set_num_threads(Threads);
        Torch.set_num_interop_threads(Threads);
        _torchLimited = true;
    }

    public void Dispose() => _services.Dispose();
}
