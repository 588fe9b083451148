namespace Nabla;

/// <summary>A file does not hold what its format promises.</summary>
public sealed class TensorFileException : NablaException
{
    /// <inheritdoc/>
    public TensorFileException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
