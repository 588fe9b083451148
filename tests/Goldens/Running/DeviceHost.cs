using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Goldens;

/// <summary>Opens devices the way a host does.</summary>
internal sealed class DeviceHost : IDisposable
{
    private readonly ServiceProvider _services;

    public DeviceHost()
    {
        var services = new ServiceCollection();
        services.AddNabla().AddCpu().AddOpenCl().AddOnnx();
        _services = services.BuildServiceProvider();
    }

    /// <summary>The device of a name.</summary>
    public Device this[string id] => _services.GetRequiredService<DeviceCatalog>()[id];

    public void Dispose() => _services.Dispose();
}
