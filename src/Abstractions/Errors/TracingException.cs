namespace Nabla;

/// <summary>A computation cannot be recorded or exported.</summary>
public sealed class TracingException : NablaException
{
    /// <inheritdoc/>
    public TracingException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
