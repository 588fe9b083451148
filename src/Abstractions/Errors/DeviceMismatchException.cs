namespace Nabla;

/// <summary>Operands live on different devices.</summary>
public sealed class DeviceMismatchException : NablaException
{
    /// <inheritdoc/>
    public DeviceMismatchException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
