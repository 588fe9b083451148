using Microsoft.Extensions.Configuration;

namespace Nabla;

/// <summary>Adds the CPU device to a host.</summary>
public static class CpuBackendExtensions
{
    /// <summary>The section of the engine's configuration that is bound to <see cref="CpuOptions"/>.</summary>
    public const string SectionName = "Cpu";

    /// <summary>Adds the device <c>cpu</c>, configured by the section <see cref="SectionName"/>, then in code. Calling it again reads no section.</summary>
    /// <param name="builder">What <c>AddNabla</c> returned.</param>
    /// <param name="configure">Changes the options after the section was read; null for nothing more. Options out of range are refused when the host starts.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">There is no builder.</exception>
    public static NablaBuilder AddCpu(this NablaBuilder builder, Action<CpuOptions>? configure = null) => Add(builder, null, configure);

    /// <summary>As the other overload, configured by another section.</summary>
    /// <param name="builder">What <c>AddNabla</c> returned.</param>
    /// <param name="section">The section that is read in place of <see cref="SectionName"/>.</param>
    /// <returns>The builder.</returns>
    /// <exception cref="ArgumentNullException">There is no builder, or no section.</exception>
    public static NablaBuilder AddCpu(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, section, null);
    }

    private static NablaBuilder Add(NablaBuilder builder, IConfigurationSection? section, Action<CpuOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddBackend<CpuBackend, CpuOptions, CpuOptionsValidator>(SectionName, static (from, options) => from.Bind(options), section, configure);
    }
}
