using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Adds the OpenCL devices to a host.</summary>
public static class OpenClBackendExtensions
{
    /// <summary>The section of the engine's configuration that <see cref="AddOpenCl(NablaBuilder)"/> binds to <see cref="OpenClOptions"/>.</summary>
    public const string SectionName = "OpenCL";

    /// <summary>
    /// Adds the devices <c>opencl:0</c>, <c>opencl:1</c>, …, configured by the section <see cref="SectionName"/>. Calling it twice
    /// changes nothing. Without a driver there are no devices; that is an error only where one is asked for.
    /// </summary>
    public static NablaBuilder AddOpenCl(this NablaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Configuration is { } configuration ? builder.AddOpenCl(configuration.GetSection(SectionName)) : builder.AddCore();
    }

    /// <summary>As <see cref="AddOpenCl(NablaBuilder)"/>, configured by another section.</summary>
    public static NablaBuilder AddOpenCl(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<OpenClOptions>().Bind(section);
        return builder.AddCore();
    }

    /// <summary>As <see cref="AddOpenCl(NablaBuilder)"/>, then configured in code.</summary>
    public static NablaBuilder AddOpenCl(this NablaBuilder builder, Action<OpenClOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddOpenCl();
        builder.Services.Configure(configure);
        return builder;
    }

    private static NablaBuilder AddCore(this NablaBuilder builder)
    {
        builder.Services.AddOptions<OpenClOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OpenClOptions>, OpenClOptionsValidator>());
        return builder.AddBackend<OpenClBackend>();
    }
}
