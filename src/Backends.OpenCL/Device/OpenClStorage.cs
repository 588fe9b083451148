namespace Nabla;

/// <summary>A buffer of the device.</summary>
internal sealed class OpenClStorage : PooledStorage
{
    public OpenClStorage(IDevice device, nint handle, long capacity)
        : base(device, capacity) => Handle = handle;

    /// <summary>The driver's name of the buffer: cl_mem.</summary>
    public nint Handle { get; }
}
