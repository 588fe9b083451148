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
    private readonly List<Device> _opened = [];
    private bool _disposed;

    /// <summary>Creates the catalog of some backends.</summary>
    public DeviceCatalog(IEnumerable<IBackend> backends)
    {
        _backends = [.. backends];
        MemoryMetrics.Publish(); // hosts listen
    }

    /// <summary>Every device that the backends find now.</summary>
    public IReadOnlyList<DeviceInfo> Available => [.. _backends.SelectMany(b => b.Discover())];

    /// <summary>The device of that name; opened at the first call.</summary>
    /// <exception cref="UnknownDeviceException">There is none; the message lists those there are.</exception>
    /// <exception cref="DeviceUnavailableException">It cannot be used; the message says what is missing.</exception>
    /// <exception cref="DeviceDisposedException">The host has stopped.</exception>
    public Device this[DeviceId id]
    {
        get
        {
            var entry = _open.GetOrAdd(id, i => new Lazy<Device>(() => Open(i)));
            try
            {
                return entry.Value;
            }
            catch
            {
                _open.TryRemove(new(id, entry)); // what failed may be put right: a driver installed, a device freed
                throw;
            }
        }
    }

    /// <summary>Disposes the devices that were opened. Their tensors can no longer be used.</summary>
    public void Dispose()
    {
        lock (_opened)
        {
            if (_disposed)
                return;
            _disposed = true;
        }

        List<Exception> errors = [];
        foreach (var device in Enumerable.Reverse(_opened)) // a device may have been opened with the help of an earlier one
        {
            try
            {
                device.Implementation.Dispose();
            }
            catch (Exception e)
            {
                errors.Add(e); // the others must still be disposed
            }
        }

        if (errors.Count > 0)
            throw new AggregateException(errors);
    }

    private Device Open(DeviceId id)
    {
        var backend = _backends.FirstOrDefault(b => b.Name == id.Backend)
            ?? throw new UnknownDeviceException("Nabla:Device", $"no backend offers '{id}'; {Describe()}. Add the backend that has it.");
        lock (_opened) // opening and disposal exclude each other, so that no device is opened that nobody would dispose
        {
            ThrowIfDisposed(id);
            var device = new Device(backend.Open(id));
            _opened.Add(device);
            return device;
        }
    }

    private void ThrowIfDisposed(DeviceId id)
    {
        if (_disposed)
            throw new DeviceDisposedException("Nabla:Device", $"'{id}' cannot be opened: the host has stopped and disposed its devices.");
    }

    private string Describe()
    {
        var available = Available;
        return available.Count == 0 ? "there are no devices at all" : $"there are: {string.Join(", ", available.Select(d => d.Id))}";
    }
}
