namespace Nabla;

/// <summary>An argument of an operation has a value that it cannot have.</summary>
public sealed class TensorArgumentException : NablaException
{
    /// <inheritdoc/>
    public TensorArgumentException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
