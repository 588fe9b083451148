namespace Nabla;

/// <summary>An integer was divided by zero. On a queued or recorded device this may surface at the next read.</summary>
public sealed class TensorDivisionException : NablaException
{
    /// <inheritdoc/>
    public TensorDivisionException(string operation, string message, Exception? inner = null)
        : base(operation, message, inner)
    {
    }
}
