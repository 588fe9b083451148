using Microsoft.Extensions.Configuration;

namespace Nabla;

/// <summary>Adds the OpenCL devices to a host.</summary>
public static class OpenClBackendExtensions
{
    /// <summary>The section of the engine's configuration that is bound to <see cref="OpenClOptions"/>.</summary>
    public const string SectionName = "OpenCL";

    /// <summary>
    /// Adds the devices <c>opencl:0</c>, <c>opencl:1</c>, …, configured by the section <see cref="SectionName"/>, then in code. Calling it
    /// again reads no section. Without a driver there are no devices; that is an error only where one is asked for.
    /// </summary>
    public static NablaBuilder AddOpenCl(this NablaBuilder builder, Action<OpenClOptions>? configure = null) => Add(builder, null, configure);

    /// <summary>As the other overload, configured by another section.</summary>
    public static NablaBuilder AddOpenCl(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, section, null);
    }

    private static NablaBuilder Add(NablaBuilder builder, IConfigurationSection? section, Action<OpenClOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddBackend<OpenClBackend, OpenClOptions, OpenClOptionsValidator>(SectionName, static (from, options) => from.Bind(options), section, configure);
    }
}
