namespace Nabla;

/// <summary>Sizes or dimensions do not fit the operation.</summary>
public sealed class ShapeException : NablaException
{
    /// <inheritdoc/>
    public ShapeException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
