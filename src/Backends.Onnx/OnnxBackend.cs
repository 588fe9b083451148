using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>ONNX Runtime as a family of devices: <c>onnx:cpu</c>, and <c>onnx:cuda:0</c>, … where the CUDA provider is present.</summary>
public sealed class OnnxBackend : IBackend
{
    private readonly IOptions<OnnxOptions> _options;
    private readonly ILogger _logger;

    /// <summary>Creates the backend of a host.</summary>
    /// <param name="options">The host's options.</param>
    /// <param name="logger">Hears of graphs that are compiled over and over.</param>
    public OnnxBackend(IOptions<OnnxOptions> options, ILogger<OnnxBackend>? logger = null)
    {
        _options = options;
        _logger = logger ?? NullLogger<OnnxBackend>.Instance;
    }

    /// <inheritdoc/>
    public string Name => "onnx";

    /// <inheritdoc/>
    public IReadOnlyList<DeviceInfo> Discover()
    {
        try
        {
            OnnxRuntimeLibrary.EnsureCreated(_options.Value);
            var facts = new[] { $"ONNX Runtime {OnnxRuntimeLibrary.Version}" };
            List<DeviceInfo> devices = [new("onnx:cpu", "ONNX Runtime CPU provider", "Microsoft", GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, facts)];
            if (OnnxRuntimeLibrary.Has(OnnxProvider.CudaName))
                devices.Add(new("onnx:cuda:0", "ONNX Runtime CUDA provider", "NVIDIA", 0, facts));
            return devices;
        }
        catch (DeviceUnavailableException)
        {
            return [];
        }
    }

    /// <inheritdoc/>
    public IDevice Open(DeviceId id) => new OnnxDevice(OnnxProvider.Parse(id), _options.Value, _logger);
}
