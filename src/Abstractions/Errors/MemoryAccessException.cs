namespace Nabla;

/// <summary>Memory of a tensor cannot be shared, read or written in the way asked for.</summary>
public sealed class MemoryAccessException : NablaException
{
    /// <inheritdoc/>
    public MemoryAccessException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
