namespace Nabla;

/// <summary>No backend offers a device of that name.</summary>
public sealed class UnknownDeviceException : NablaException
{
    /// <inheritdoc/>
    public UnknownDeviceException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
