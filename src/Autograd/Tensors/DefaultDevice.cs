namespace Nabla;

/// <summary>Where tensors are created when nobody says where: the one place that names a backend.</summary>
internal static class DefaultDevice
{
    private static readonly Lazy<Device> Process = new(Open);

    /// <summary>The explicit device, else that of the ambient scope, else the CPU of the process.</summary>
    public static IDevice Resolve(Device? device) => (device ?? Ambient.Current?.Device ?? Process.Value).Implementation;

    private static Device Open() => DeviceHandles.Of(CpuDevice.Create());

    /// <summary>Where host memory can be shared: the scope's device if it computes there, else the CPU of the process.</summary>
    public static IDevice ForHostMemory() =>
        Ambient.Current?.Device is { Implementation: { Traits.HostMemory: true } device } ? device : Process.Value.Implementation;
}
