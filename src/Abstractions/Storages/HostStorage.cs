using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Memory that the host can address: a pinned managed array of the pool, the caller's own array, or native memory beyond 2 GB.
/// </summary>
public sealed unsafe class HostStorage : PooledStorage
{
    /// <summary>Every block starts at a multiple of this: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly NativeBlock? _native;
    private Array? _array;
    private nint _arrayOffset;
    private GCHandle _pin;

    /// <summary>A block of a pool.</summary>
    /// <param name="device">The device that owns it.</param>
    /// <param name="capacity">How many bytes it holds.</param>
    /// <param name="native">Whether it is outside the managed heap: for more than one array holds.</param>
    internal HostStorage(IDevice device, long capacity, bool native)
        : base(device, capacity)
    {
        if (native)
        {
            _native = new NativeBlock(capacity);
            Pointer = _native.Pointer;
            return;
        }

        var array = GC.AllocateUninitializedArray<byte>((int)capacity + Alignment, pinned: true);
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        Pointer = (byte*)(((nint)start + Alignment - 1) & -Alignment);
        HugePages.Advise(Pointer, capacity);
        _array = array;
        _arrayOffset = (nint)(Pointer - start);
        Collector.CountPinned(capacity);
    }

    private HostStorage(IDevice device, Array array, long byteLength)
        : base(device, byteLength)
    {
        WrappedArrays.Shared.Reserve(byteLength);
        _array = array;
        _pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        Pointer = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        MarkExported();
    }

    /// <summary>The first byte. Valid while the storage has an owner; hold one (or the tensor) while using it.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Whether the memory is a managed array, so that spans over it are safe.</summary>
    public bool IsManaged => _array is not null;

    /// <summary>Shares the caller's array: writes go both ways. The array is pinned until the storage is released.</summary>
    public static HostStorage Wrap<T>(IDevice device, T[] array) where T : unmanaged =>
        new(device, array, (long)array.Length * sizeof(T));

    /// <summary>As <see cref="Wrap{T}"/>, for an array of any rank with unmanaged elements.</summary>
    public static HostStorage WrapArray(IDevice device, Array array, int elementSize) => new(device, array, array.LongLength * elementSize);

    /// <summary>A reference that keeps the array alive, however long the caller holds it.</summary>
    /// <exception cref="MemoryAccessException">The memory is native: no span can keep it alive.</exception>
    public ref byte Reference
    {
        get
        {
            if (_array is null)
                throw new MemoryAccessException("Reference", $"the memory ({ByteLength} bytes) is native or was released, so no reference keeps it alive; copy the values.");
            return ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_array), _arrayOffset);
        }
    }

    /// <summary>The managed array, or null when the memory is native; elements start <see cref="ArrayOffset"/> bytes in.</summary>
    public Array? BackingArray => _array;

    /// <summary>Bytes from the start of <see cref="BackingArray"/> to the first element.</summary>
    public long ArrayOffset => _arrayOffset;

    /// <summary>Gives the memory itself back: the collector's, or the system's.</summary>
    internal void Destroy()
    {
        _native?.Free();
        if (_pin.IsAllocated)
        {
            _pin.Free();
            WrappedArrays.Shared.Remove(Capacity);
        }
        else if (_array is not null)
        {
            Collector.CountPinned(-Capacity);
        }

        _array = null;
        Pointer = null;
    }

    /// <inheritdoc/>
    protected override void OnReleased()
    {
        if (Pool is null)
            Destroy();
        else
            base.OnReleased();
    }
}
