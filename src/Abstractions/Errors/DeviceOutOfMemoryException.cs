namespace Nabla;

/// <summary>An allocation does not fit the device's memory or its configured limit.</summary>
public sealed class DeviceOutOfMemoryException : NablaException
{
    /// <inheritdoc/>
    public DeviceOutOfMemoryException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
