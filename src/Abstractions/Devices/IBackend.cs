namespace Nabla;

/// <summary>A family of devices: what a plugin registers with <see cref="NablaBuilder.AddBackend{T}"/>.</summary>
public interface IBackend
{
    /// <summary>The first part of its devices' names: <c>cpu</c>, <c>opencl</c>, <c>onnx</c>.</summary>
    string Name { get; }

    /// <summary>The devices that could be opened. Empty, not an error, when a driver or package is missing.</summary>
    IReadOnlyList<DeviceInfo> Discover();

    /// <summary>Opens a device. The caller disposes it.</summary>
    /// <exception cref="UnknownDeviceException">There is no such device; the message lists those there are.</exception>
    /// <exception cref="DeviceUnavailableException">The driver, loader or package is missing.</exception>
    IDevice Open(DeviceId id);
}
