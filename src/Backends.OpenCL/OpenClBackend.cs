using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// Every device with an OpenCL 1.2 driver, GPU or CPU, of any vendor: <c>opencl:0</c>, <c>opencl:1</c>, … numbered over all platforms in
/// the order in which the drivers list them, but GPUs first and CPUs last: <c>opencl:0</c> is a GPU where there is one.
/// </summary>
public sealed class OpenClBackend : IBackend
{
    private readonly IOptions<OpenClOptions> _options;
    private readonly ILogger _logger;
    private readonly Func<CL> _loader;

    /// <summary>Creates the backend of a host.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="logger">Hears of programs built, and of caches that cannot be used.</param>
    public OpenClBackend(IOptions<OpenClOptions> options, ILogger<OpenClBackend>? logger = null)
        : this(options, logger, ClLibrary.Load)
    {
    }

    /// <summary>As the public one; tests see what happens without a loader.</summary>
    internal OpenClBackend(IOptions<OpenClOptions> options, ILogger<OpenClBackend>? logger, Func<CL> loader)
    {
        _options = options;
        _logger = logger ?? NullLogger<OpenClBackend>.Instance;
        _loader = loader;
    }

    /// <inheritdoc/>
    public string Name => "opencl";

    /// <inheritdoc/>
    public IReadOnlyList<DeviceInfo> Discover()
    {
        try
        {
            return [.. ClDeviceList.Read(_loader()).Select(e => e.Info)];
        }
        catch (DeviceUnavailableException)
        {
            return []; // no loader or no driver: nothing to offer, which is not an error before somebody asks
        }
    }

    /// <inheritdoc/>
    public IDevice Open(DeviceId id)
    {
        var cl = _loader();
        var entries = ClDeviceList.Read(cl);
        var wanted = id.Selector.Length == 0 ? new DeviceId("opencl:0") : id;
        foreach (var entry in entries)
            if (entry.Info.Id == wanted)
                return new OpenClDevice(cl, entry, _options.Value, _logger);
        throw new UnknownDeviceException("Nabla:Device", $"there is no device '{id}'; there are: {string.Join(", ", entries.Select(e => $"{e.Info.Id} ({e.Info.Name})"))}.");
    }
}
