namespace Nabla;

/// <summary>Element types do not fit the operation.</summary>
public sealed class DTypeException : NablaException
{
    /// <inheritdoc/>
    public DTypeException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
