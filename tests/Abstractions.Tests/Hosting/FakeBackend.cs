namespace Nabla.Tests;

/// <summary>A backend with two devices that counts what it opens.</summary>
internal sealed class FakeBackend : IBackend
{
    public List<FakeDevice> Opened { get; } = [];

    /// <summary>How many openings fail as if a driver were missing.</summary>
    public int Failures { get; set; }

    public string Name => "fake";

    public IReadOnlyList<DeviceInfo> Discover() => [.. new[] { "fake:0", "fake:1" }.Select(id => new DeviceInfo(id, $"Fake {id}", "Nobody", 0, []))];

    public IDevice Open(DeviceId id)
    {
        if (Failures-- > 0)
            throw new DeviceUnavailableException("fake", "its driver is missing; install it.");
        if (id.Selector is not ("0" or "1"))
            throw new UnknownDeviceException("fake", $"there is no '{id}'; there are: fake:0, fake:1.");
        var device = new FakeDevice(id.Text);
        Opened.Add(device);
        return device;
    }
}
