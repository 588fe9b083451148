using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Nabla.Tests;

/// <summary>One device for a class's tests.</summary>
public sealed class DeviceFixture : IDisposable
{
    public IDevice Device { get; } = Open(new OpenClOptions());

    public static OpenClBackend Backend(OpenClOptions options) => new(Options.Create(options), NullLogger<OpenClBackend>.Instance);

    public static IDevice Open(OpenClOptions options) => Backend(options).Open("opencl:0");

    /// <summary>A device that runs kernels as on a GPU: narrow vectors, groups that share a reduction, tiles beside each other.</summary>
    public static IDevice OpenGpuStyle()
    {
        var cl = ClLibrary.Load();
        return new OpenClDevice(cl, ClDeviceList.Read(cl)[0], new OpenClOptions(), NullLogger.Instance, gpuStyle: true);
    }

    /// <summary>For tests that fill a GPU, or much of it: skips others, whose memory is the host's.</summary>
    public static void SkipUnlessLargeGpu()
    {
        var entry = ClDeviceList.Read(ClLibrary.Load())[0];
        Assert.SkipWhen(entry.SharesHostMemory || entry.Info.MemoryBytes < 14L << 30, "This needs a GPU with 14 GB of its own.");
    }

    public void Dispose() => Device.Dispose();
}
