namespace Nabla;

/// <summary>A device's compiler refused a kernel. The log is the compiler's own.</summary>
public sealed class KernelBuildException : NablaException
{
    /// <summary>Creates the error.</summary>
    public KernelBuildException(string operation, string message, string buildLog, Exception? inner = null)
        : base(operation, $"{message}\n{buildLog}", inner) => BuildLog = buildLog;

    /// <summary>What the device's compiler printed.</summary>
    public string BuildLog { get; }
}
