namespace Nabla.Tests.Reference;

/// <summary>
/// A backend as a third party would write it, in an assembly of its own: scalar loops in binary64 and 64-bit integers, written to be
/// obviously right. It is the oracle of the conformance suite.
/// </summary>
public sealed class ReferenceBackend : IBackend
{
    public string Name => "reference";

    public IReadOnlyList<DeviceInfo> Discover() => [new("reference", "naive loops", "the tests", 0, ["float64", "int64"])];

    public IDevice Open(DeviceId id) => id.Selector.Length == 0
        ? new ReferenceDevice(id)
        : throw new UnknownDeviceException("Open", $"the reference backend has one device, 'reference', not '{id}'.");
}

public static class ReferenceBuilderExtensions
{
    /// <summary>The one call of a plugin.</summary>
    public static NablaBuilder AddReference(this NablaBuilder builder) => builder.AddBackend<ReferenceBackend>();
}
