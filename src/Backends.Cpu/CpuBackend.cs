using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>The CPU of the host, in vectors as wide as it has: one device, <c>cpu</c>.</summary>
public sealed class CpuBackend : IBackend
{
    private readonly IOptions<CpuOptions> _options;
    private readonly ILogger _logger;

    /// <summary>Creates the backend of a host.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="logger">Hears of missing vector instructions; without one that takes warnings the error stream does, once.</param>
    public CpuBackend(IOptions<CpuOptions> options, ILogger<CpuBackend>? logger = null)
    {
        _options = options;
        _logger = logger ?? NullLogger<CpuBackend>.Instance;
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public IReadOnlyList<DeviceInfo> Discover() => [CpuCapabilities.Describe()];

    /// <inheritdoc/>
    public IDevice Open(DeviceId id)
    {
        if (id != CpuDevice.DefaultId)
            throw new UnknownDeviceException("Nabla:Device", $"the CPU backend has no device '{id}'; there is: {CpuDevice.DefaultId}.");
        Warn(CpuCapabilities.Warning, _logger, CpuCapabilities.WarnOnce);
        return new CpuDevice(_options.Value);
    }

    /// <summary>Tells the host's log; where nobody reads that, <paramref name="otherwise"/> tells.</summary>
    internal static void Warn(string? warning, ILogger logger, Action otherwise)
    {
        if (warning is null)
            return;
        if (logger.IsEnabled(LogLevel.Warning))
            Log.SlowInstructions(logger, warning);
        else
            otherwise();
    }
}
