using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Adds Nabla to a host.</summary>
public static class NablaServiceCollectionExtensions
{
    /// <summary>
    /// Adds the engine; name the backends on the result: <c>.AddCpu().AddOpenCl().AddOnnx()</c>. Inject <see cref="Device"/> (the configured
    /// one, or any by key), or <see cref="DeviceCatalog"/>. Calling it twice changes nothing but the options.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">The section <c>Nabla</c>, bound to <see cref="NablaOptions"/>; backends read sections of it.</param>
    public static NablaBuilder AddNabla(this IServiceCollection services, IConfiguration? configuration = null)
    {
        var options = services.AddOptions<NablaOptions>();
        if (configuration is not null)
            options.Configure(o => o.Device = configuration[nameof(NablaOptions.Device)] ?? o.Device);
        options.ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NablaOptions>, DeviceNameValidator>());
        services.TryAddSingleton<DeviceCatalog>();
        services.TryAddSingleton(provider => provider.GetRequiredService<DeviceCatalog>()[provider.GetRequiredService<IOptions<NablaOptions>>().Value.Device]);
        services.TryAddKeyedSingleton(KeyedService.AnyKey, (provider, key) => provider.GetRequiredService<DeviceCatalog>()[$"{key}"]);
        return new NablaBuilder(services, configuration);
    }

    /// <summary>As <see cref="AddNabla(IServiceCollection, IConfiguration?)"/>, configured in code.</summary>
    public static NablaBuilder AddNabla(this IServiceCollection services, Action<NablaOptions> configure)
    {
        var builder = services.AddNabla();
        services.Configure(configure);
        return builder;
    }
}
