using Microsoft.Extensions.Configuration;

namespace Nabla;

/// <summary>Adds the ONNX Runtime devices to a host.</summary>
public static class OnnxBackendExtensions
{
    /// <summary>The section of the engine's configuration that is bound to <see cref="OnnxOptions"/>.</summary>
    public const string SectionName = "Onnx";

    /// <summary>
    /// Adds the devices <c>onnx:cpu</c> and <c>onnx:cuda:0</c>, …, configured by the section <see cref="SectionName"/>, then in code. The
    /// application chooses the native library: package Microsoft.ML.OnnxRuntime, or Microsoft.ML.OnnxRuntime.Gpu for CUDA. Calling it again
    /// reads no section.
    /// </summary>
    public static NablaBuilder AddOnnx(this NablaBuilder builder, Action<OnnxOptions>? configure = null) => Add(builder, null, configure);

    /// <summary>As the other overload, configured by another section.</summary>
    public static NablaBuilder AddOnnx(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return Add(builder, section, null);
    }

    private static NablaBuilder Add(NablaBuilder builder, IConfigurationSection? section, Action<OnnxOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.AddBackend<OnnxBackend, OnnxOptions, OnnxOptionsValidator>(SectionName, static (from, options) => from.Bind(options), section, configure);
    }
}
