namespace Nabla;

/// <summary>An index or a dimension is out of range.</summary>
public sealed class TensorIndexException : NablaException
{
    /// <inheritdoc/>
    public TensorIndexException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
