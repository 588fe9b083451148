namespace Nabla;

/// <summary>A device does not offer an operation for an element type: see the capability table.</summary>
public sealed class UnsupportedOpException : NablaException
{
    /// <inheritdoc/>
    public UnsupportedOpException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
