namespace Nabla;

/// <summary>
/// A block of a <see cref="MemoryPool{TBlock}"/>: has one tenant after another. Plugins derive from it and keep the device's own handle there.
/// </summary>
public abstract class PooledStorage : Storage
{
    private long _byteLength;

    /// <summary>Creates a block, for the pool to hand out.</summary>
    /// <param name="device">The device that owns the memory.</param>
    /// <param name="capacity">Bytes that it holds.</param>
    protected PooledStorage(IDevice device, long capacity)
        : base(device) => Capacity = _byteLength = capacity;

    /// <summary>Bytes that the block can hold.</summary>
    public long Capacity { get; }

    /// <inheritdoc/>
    public sealed override long ByteLength => _byteLength;

    /// <summary>The pool that takes it back, or null for one that belongs to none.</summary>
    internal IBlockPool? Pool { get; set; }

    /// <summary>The next free block of the same size: blocks are their own free list, so that renting allocates nothing.</summary>
    internal PooledStorage? NextFree { get; set; }

    /// <summary>Position in the pool's size classes.</summary>
    internal int ClassIndex { get; set; }

    /// <summary>Starts a tenancy: one owner, version 0, so many bytes.</summary>
    internal void Open(long byteLength)
    {
        _byteLength = byteLength;
        Reopen();
    }

    /// <summary>Gives the block back to its pool.</summary>
    protected override void OnReleased() => Pool?.Return(this);
}

/// <summary>Takes blocks back.</summary>
internal interface IBlockPool
{
    /// <summary>The tenant is gone.</summary>
    void Return(PooledStorage block);
}
