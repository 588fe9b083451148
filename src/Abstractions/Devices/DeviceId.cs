namespace Nabla;

/// <summary>
/// The name of a device: a backend and what it needs to tell its devices apart. <c>cpu</c>, <c>opencl:0</c>, <c>onnx:cuda:0</c>.
/// </summary>
public readonly record struct DeviceId
{
    private readonly string? _text;

    /// <summary>Parses a name.</summary>
    /// <exception cref="UnknownDeviceException">The name is empty.</exception>
    public DeviceId(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new UnknownDeviceException("DeviceId", "the name of a device is empty; name one like 'cpu' or 'opencl:0'.");
        _text = text.Trim().ToLowerInvariant();
    }

    /// <summary>The whole name, in lower case. Empty for the default value, which names nothing.</summary>
    public string Text => _text ?? "";

    /// <summary>The first part: which backend.</summary>
    public string Backend => Text.Split(':')[0];

    /// <summary>What follows the first colon: which of the backend's devices. Empty for the backend's default.</summary>
    public string Selector => Text.IndexOf(':') is >= 0 and var colon ? Text[(colon + 1)..] : "";

    /// <inheritdoc/>
    public override string ToString() => Text;

    /// <summary>Parses a name.</summary>
    public static implicit operator DeviceId(string text) => new(text);
}
