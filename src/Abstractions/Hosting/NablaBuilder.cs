using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Nabla;

/// <summary>Adds backends to a host: what <c>AddNabla</c> returns.</summary>
public sealed class NablaBuilder
{
    internal NablaBuilder(IServiceCollection services, IConfiguration? configuration) => (Services, Configuration) = (services, configuration);

    /// <summary>The host's services.</summary>
    public IServiceCollection Services { get; }

    /// <summary>The section that <c>AddNabla</c> was given; a backend's own options are a section of it.</summary>
    public IConfiguration? Configuration { get; }

    /// <summary>Adds a backend: the one call that a plugin needs. Adding it twice changes nothing.</summary>
    /// <typeparam name="T">The backend; its constructor takes what the host's services offer.</typeparam>
    public NablaBuilder AddBackend<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>() where T : class, IBackend
    {
        Services.TryAddEnumerable(ServiceDescriptor.Singleton<IBackend, T>());
        return this;
    }
}
