using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// Buffers by size class. A buffer that came back may be handed out while commands that use it still wait: the queue is in order, so
/// the new tenant's commands come after them.
/// </summary>
internal sealed unsafe class OpenClMemoryPool : MemoryPool<OpenClStorage>
{
    private readonly CL _cl;
    private readonly nint _context;
    private readonly long _maxAllocation;

    public OpenClMemoryPool(IDevice device, CL cl, nint context, long limit, long maxAllocation)
        : base(device, limit)
    {
        _cl = cl;
        _context = context;
        _maxAllocation = maxAllocation;
    }

    /// <inheritdoc/>
    protected override OpenClStorage Create(long capacity)
    {
        if (capacity > _maxAllocation)
            throw new DeviceOutOfMemoryException("Allocate", $"{capacity} bytes are more than one buffer of {Device.Id} holds ({_maxAllocation}); split the tensor.");
        int status;
        nint handle = _cl.CreateBuffer(_context, MemFlags.ReadWrite, (nuint)capacity, null, &status);
        ClStatus.Check(status, "clCreateBuffer");
        return new OpenClStorage(Device, handle, capacity);
    }

    /// <inheritdoc/>
    protected override void Destroy(OpenClStorage block) => _cl.ReleaseMemObject(block.Handle); // the driver waits for commands that use it
}
