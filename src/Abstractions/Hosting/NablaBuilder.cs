using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Nabla;

/// <summary>Adds backends to a host: what <c>AddNabla</c> returns.</summary>
public sealed class NablaBuilder
{
    internal NablaBuilder(IServiceCollection services, IConfiguration? configuration) => (Services, Configuration) = (services, configuration);

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The section that <c>AddNabla</c> was given; a backend's own options are a section of it.</summary>
    public IConfiguration? Configuration { get; }

    /// <summary>Adds a backend without options: the one call that such a plugin needs. Adding it twice changes nothing.</summary>
    /// <typeparam name="T">The backend; its constructor takes what the host's services offer.</typeparam>
    public NablaBuilder AddBackend<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IBackend
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IBackend, T>());
        return this;
    }

    /// <summary>
    /// Adds a backend with options: read from a section, then changed in code, and validated when the host starts. Adding it again adds
    /// what the call itself configures, and nothing else.
    /// </summary>
    /// <typeparam name="TBackend">The backend; its constructor takes <see cref="IOptions{TOptions}"/> and what else the host's services offer.</typeparam>
    /// <typeparam name="TOptions">Its options.</typeparam>
    /// <typeparam name="TValidator">What checks them; best one that is generated, by <see cref="OptionsValidatorAttribute"/>.</typeparam>
    /// <param name="sectionName">The backend's section of <see cref="Configuration"/>.</param>
    /// <param name="bind"><c>(section, options) => section.Bind(options)</c>: in the backend's assembly the code of it is generated, without reflection.</param>
    /// <param name="section">Another section to read, or null.</param>
    /// <param name="configure">Changes the options after they were read, or null.</param>
    public NablaBuilder AddBackend<
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TBackend,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions,
        [DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TValidator>(
        string sectionName, Action<IConfiguration, TOptions> bind, IConfiguration? section = null, Action<TOptions>? configure = null)
        where TBackend : class, IBackend
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        ArgumentNullException.ThrowIfNull(sectionName);
        ArgumentNullException.ThrowIfNull(bind);
        if (!Services.Any(s => s.ServiceType == typeof(IBackend) && s.ImplementationType == typeof(TBackend)))
            section ??= Configuration?.GetSection(sectionName); // read once: again, it would undo what was configured in code
        var options = Services.AddOptions<TOptions>().ValidateOnStart();
        if (section is not null)
            options.Configure(o => bind(section, o));
        if (configure is not null)
            options.Configure(configure);
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
        return AddBackend<TBackend>();
    }
}
