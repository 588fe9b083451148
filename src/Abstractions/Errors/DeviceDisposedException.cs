namespace Nabla;

/// <summary>A tensor was used after its device was disposed.</summary>
public sealed class DeviceDisposedException : NablaException
{
    /// <inheritdoc/>
    public DeviceDisposedException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
