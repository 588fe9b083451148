namespace Nabla;

/// <summary>
/// The base of every error of the engine. The message reads <c>{operation}: {what is wrong, with the values}; {remedy}</c>.
/// </summary>
public abstract class NablaException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="operation">The operation that was refused or failed.</param>
    /// <param name="message">The values at fault and the remedy.</param>
    /// <param name="inner">The cause, where another component reported it.</param>
    protected NablaException(string operation, string message, Exception? inner = null)
        : base($"{operation}: {message}", inner) => Operation = operation;

    /// <summary>The operation that was refused or failed.</summary>
    public string Operation { get; }
}
