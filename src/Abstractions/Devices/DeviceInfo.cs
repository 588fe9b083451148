namespace Nabla;

/// <summary>What a backend says of a device before opening it.</summary>
/// <param name="Id">The name to configure.</param>
/// <param name="Name">The hardware's own name.</param>
/// <param name="Vendor">Who made it.</param>
/// <param name="MemoryBytes">Its memory, or 0 when it does not say.</param>
/// <param name="Capabilities">Facts worth showing: driver version, instruction sets, extensions.</param>
public sealed record DeviceInfo(DeviceId Id, string Name, string Vendor, long MemoryBytes, IReadOnlyList<string> Capabilities);
