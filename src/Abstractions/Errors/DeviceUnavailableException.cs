namespace Nabla;

/// <summary>A device exists in name but cannot be used: its driver, loader or package is missing, or it failed.</summary>
public sealed class DeviceUnavailableException : NablaException
{
    /// <inheritdoc/>
    public DeviceUnavailableException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
