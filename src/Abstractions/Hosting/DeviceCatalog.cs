using System.Collections.Concurrent;

namespace Nabla;

/// <summary>
/// The devices of a host: lists those of every backend, opens each once, and disposes them with the host. Inject it to see or use all.
/// Thread-safe.
/// </summary>
public sealed class DeviceCatalog : IDisposable
{
    private readonly IReadOnlyList<IBackend> _backends;
    private readonly ConcurrentDictionary<DeviceId, Lazy<Device>> _open = new();

    /// <summary>Creates the catalog of some backends.</summary>
    public DeviceCatalog(IEnumerable<IBackend> backends) => _backends = [.. backends];

    /// <summary>Every device that the backends find now.</summary>
    public IReadOnlyList<DeviceInfo> Available => [.. _backends.SelectMany(b => b.Discover())];

    /// <summary>The device of that name; opened at the first call.</summary>
    /// <exception cref="UnknownDeviceException">There is none; the message lists those there are.</exception>
    /// <exception cref="DeviceUnavailableException">It cannot be used; the message says what is missing.</exception>
    public Device this[DeviceId id] => _open.GetOrAdd(id, i => new Lazy<Device>(() => Open(i))).Value;

    /// <summary>Disposes the devices that were opened. Their tensors can no longer be used.</summary>
    public void Dispose()
    {
        foreach (var device in _open.Values)
            if (device.IsValueCreated)
                device.Value.Implementation.Dispose();
    }

    private Device Open(DeviceId id)
    {
        var backend = _backends.FirstOrDefault(b => b.Name == id.Backend)
            ?? throw new UnknownDeviceException("Nabla:Device", $"no backend offers '{id}'; {Describe()}. Add the backend that has it.");
        return new Device(backend.Open(id));
    }

    private string Describe()
    {
        var available = Available;
        return available.Count == 0 ? "there are no devices at all" : $"there are: {string.Join(", ", available.Select(d => d.Id))}";
    }
}
