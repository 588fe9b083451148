using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace Nabla.Tests.Suite;

/// <summary>
/// The devices under test, opened once each, as a host opens them. A device that cannot be opened fails its tests: only the environment
/// variable <c>NABLA_SKIP_DEVICES</c> (names with commas) turns that into skips.
/// </summary>
internal static class TestDevices
{
    private static readonly ConcurrentDictionary<string, Lazy<IDevice>> Open = new();

    public static IDevice Get(string id, Action<NablaBuilder> add)
    {
        if ((Environment.GetEnvironmentVariable("NABLA_SKIP_DEVICES") ?? "").Split(',', StringSplitOptions.TrimEntries).Contains(id))
            Assert.Skip($"NABLA_SKIP_DEVICES names {id}.");
        return Open.GetOrAdd(id, _ => new Lazy<IDevice>(() => Fresh(id, add))).Value;
    }

    /// <summary>The device that an environment variable names; null where it is not set, or empty.</summary>
    public static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } id ? id : null;

    /// <summary>A device of one's own, to dispose.</summary>
    public static IDevice Fresh(string id, Action<NablaBuilder> add)
    {
        var services = new ServiceCollection();
        add(services.AddNabla(options => options.Device = id));
        return services.BuildServiceProvider().GetRequiredService<Device>().Implementation;
    }
}
