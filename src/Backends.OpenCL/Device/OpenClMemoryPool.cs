using Silk.NET.OpenCL;

namespace Nabla;

/// <summary>
/// Buffers by size class. A buffer that came back may be handed out while commands that use it still wait: the queue is in order, so
/// the new tenant's commands come after them.
/// </summary>
internal sealed unsafe class OpenClMemoryPool : MemoryPool<OpenClStorage>
{
    private readonly CommandQueue _queue;
    private readonly nint _context;
    private readonly long _maxAllocation;
    private readonly long _largest;

    public OpenClMemoryPool(IDevice device, CommandQueue queue, nint context, long limit, long maxAllocation)
        : base(device, limit)
    {
        _queue = queue;
        _context = context;
        _maxAllocation = maxAllocation;
        int last = SizeClass.Of(maxAllocation);
        _largest = SizeClass.Bytes(last) <= maxAllocation ? SizeClass.Bytes(last) : SizeClass.Bytes(last - 1);
    }

    /// <summary>A block for a tensor. What no single buffer holds is refused before anything is reclaimed for it.</summary>
    public OpenClStorage Rent(in TensorSpec spec) => spec.ByteLength <= _largest ? Rent(spec.ByteLength) : throw TooLarge(spec);

    /// <inheritdoc/>
    protected override OpenClStorage Create(long capacity)
    {
        int status;
        nint handle = _queue.Cl.CreateBuffer(_context, MemFlags.ReadWrite, (nuint)capacity, null, &status);
        if (status == 0)
        {
            lock (_queue.Gate)
                status = _queue.Materialize(handle);
            if (status == 0)
                return new OpenClStorage(Device, handle, capacity);
            _queue.Cl.ReleaseMemObject(handle);
        }

        if (ClStatus.IsNoMemory(status))
            _queue.Finish(); // then the driver can free at once what the pool gives back next
        throw ClStatus.Failure(status, "Allocate");
    }

    /// <inheritdoc/>
    protected override void Destroy(OpenClStorage block) => _queue.Cl.ReleaseMemObject(block.Handle); // the driver waits for commands that use it

    private DeviceOutOfMemoryException TooLarge(in TensorSpec spec) => new(
        "Allocate", $"{spec} takes {spec.ByteLength} bytes, and one buffer of {Device.Id} holds {_largest} (the driver allows {_maxAllocation}); split the tensor, or use another device.");
}
