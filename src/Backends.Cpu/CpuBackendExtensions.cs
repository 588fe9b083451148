using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Adds the CPU device to a host.</summary>
public static class CpuBackendExtensions
{
    /// <summary>The section of the engine's configuration that <see cref="AddCpu(NablaBuilder)"/> binds to <see cref="CpuOptions"/>.</summary>
    public const string SectionName = "Cpu";

    /// <summary>Adds the device <c>cpu</c>, configured by the section <see cref="SectionName"/>. Calling it twice changes nothing.</summary>
    public static NablaBuilder AddCpu(this NablaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Configuration is { } configuration ? builder.AddCpu(configuration.GetSection(SectionName)) : builder.AddCore();
    }

    /// <summary>As <see cref="AddCpu(NablaBuilder)"/>, configured by another section.</summary>
    public static NablaBuilder AddCpu(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<CpuOptions>().Bind(section);
        return builder.AddCore();
    }

    /// <summary>As <see cref="AddCpu(NablaBuilder)"/>, then configured in code.</summary>
    public static NablaBuilder AddCpu(this NablaBuilder builder, Action<CpuOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddCpu();
        builder.Services.Configure(configure);
        return builder;
    }

    private static NablaBuilder AddCore(this NablaBuilder builder)
    {
        builder.Services.AddOptions<CpuOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CpuOptions>, CpuOptionsValidator>());
        return builder.AddBackend<CpuBackend>();
    }
}
