namespace Nabla;

/// <summary>A gradient cannot be computed, or a write would make one wrong.</summary>
public sealed class AutogradException : NablaException
{
    /// <inheritdoc/>
    public AutogradException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
