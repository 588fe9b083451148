namespace Nabla.Tests;

/// <summary>A device that runs kernels as on a GPU, for a class's tests.</summary>
public sealed class GpuStyleFixture : IDisposable
{
    public IDevice Device { get; } = DeviceFixture.OpenGpuStyle();

    public void Dispose() => Device.Dispose();
}
