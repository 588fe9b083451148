using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>Turns the status codes of OpenCL into exceptions.</summary>
internal static class ClStatus
{
    /// <summary>The loader's answer when no driver is registered: an extension's code, so it is not in the enumeration.</summary>
    public const int PlatformNotFound = -1001;

    public static void Check(int status, string call)
    {
        if (status != 0)
            throw Failure(status, call);
    }

    public static string Name(int status) =>
        status == PlatformNotFound ? "PLATFORM_NOT_FOUND_KHR" : Enum.IsDefined((ErrorCodes)status) ? ((ErrorCodes)status).ToString() : "unknown status";

    /// <summary>Whether the driver lacked memory.</summary>
    public static bool IsNoMemory(int status) =>
        (ErrorCodes)status is ErrorCodes.MemObjectAllocationFailure or ErrorCodes.OutOfResources or ErrorCodes.OutOfHostMemory or ErrorCodes.InvalidBufferSize;

    /// <summary>The error of a status.</summary>
    /// <param name="status">Not 0.</param>
    /// <param name="call">What was refused.</param>
    /// <param name="memory">The figures of the device's pool, for what lacks memory.</param>
    public static NablaException Failure(int status, string call, string? memory = null) => (ErrorCodes)status switch
    {
        _ when IsNoMemory(status) => new DeviceOutOfMemoryException(
            call, $"the driver has no memory for it ({Name(status)}, {status}{(memory is null ? "" : $"; {memory}")}); drop or dispose tensors, or use smaller batches."),
        ErrorCodes.ExecStatusErrorForEventsInWaitList =>
            new DeviceUnavailableException(call, $"an earlier command failed on the device ({status}), which surfaces only now; open the device again."),
        _ => new DeviceUnavailableException(call, $"the driver refused with {Name(status)} ({status}); check the driver with 'clinfo'."),
    };
}
