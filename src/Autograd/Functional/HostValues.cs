namespace Nabla;

/// <summary>
/// Checks of values that PyTorch makes on the CPU. They read the values, so they are made only where that costs next to nothing and is
/// allowed: on a device that computes at once in host memory, and not while a function is traced.
/// </summary>
internal static class HostValues
{
    /// <summary>Whether values of the tensor may be read here.</summary>
    public static bool AtHand(Tensor tensor) =>
        tensor.Device.Implementation.Traits is { HostMemory: true, Deferred: false, Queued: false } && Ambient.Current?.Interceptor is not { DecomposeComposites: true };
}
