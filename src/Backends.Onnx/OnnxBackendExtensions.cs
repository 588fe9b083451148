using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Adds the ONNX Runtime devices to a host.</summary>
public static class OnnxBackendExtensions
{
    /// <summary>The section of the engine's configuration that <see cref="AddOnnx(NablaBuilder)"/> binds to <see cref="OnnxOptions"/>.</summary>
    public const string SectionName = "Onnx";

    /// <summary>
    /// Adds the devices <c>onnx:cpu</c> and <c>onnx:cuda:0</c>, …, configured by the section <see cref="SectionName"/>. The application
    /// chooses the native library: package Microsoft.ML.OnnxRuntime, or Microsoft.ML.OnnxRuntime.Gpu for CUDA. Calling it twice changes nothing.
    /// </summary>
    public static NablaBuilder AddOnnx(this NablaBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Configuration is { } configuration ? builder.AddOnnx(configuration.GetSection(SectionName)) : builder.AddCore();
    }

    /// <summary>As <see cref="AddOnnx(NablaBuilder)"/>, configured by another section.</summary>
    public static NablaBuilder AddOnnx(this NablaBuilder builder, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(section);
        builder.Services.AddOptions<OnnxOptions>().Bind(section);
        return builder.AddCore();
    }

    /// <summary>As <see cref="AddOnnx(NablaBuilder)"/>, then configured in code.</summary>
    public static NablaBuilder AddOnnx(this NablaBuilder builder, Action<OnnxOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);
        builder.AddOnnx();
        builder.Services.Configure(configure);
        return builder;
    }

    private static NablaBuilder AddCore(this NablaBuilder builder)
    {
        builder.Services.AddOptions<OnnxOptions>().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OnnxOptions>, OnnxOptionsValidator>());
        return builder.AddBackend<OnnxBackend>();
    }
}
