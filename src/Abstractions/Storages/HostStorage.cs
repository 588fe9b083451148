using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Memory that the host can address: a pinned managed array of the pool, the caller's own array, or native memory beyond 2 GB.
/// </summary>
public sealed unsafe class HostStorage : Storage
{
    /// <summary>Every block starts at a multiple of this: a cache line, and the widest vector.</summary>
    public const int Alignment = 64;

    private readonly HostMemoryPool? _pool;
    private Array? _array;
    private nint _arrayOffset;
    private GCHandle _pin;
    private bool _native;
    private long _byteLength;

    /// <summary>A block of a pool. Native where <paramref name="capacity"/> exceeds what one array holds.</summary>
    internal HostStorage(IDevice device, HostMemoryPool pool, long capacity)
        : base(device)
    {
        _pool = pool;
        Capacity = capacity;
        _native = capacity > Array.MaxLength - Alignment;
        if (_native)
        {
            Pointer = (byte*)NativeMemory.AlignedAlloc((nuint)capacity, Alignment);
            return;
        }

        var array = GC.AllocateUninitializedArray<byte>((int)capacity + Alignment, pinned: true);
        var start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        Pointer = (byte*)(((nint)start + Alignment - 1) & -Alignment);
        _array = array;
        _arrayOffset = (nint)(Pointer - start);
    }

    private HostStorage(IDevice device, Array array, long byteLength)
        : base(device)
    {
        _array = array;
        _pin = GCHandle.Alloc(array, GCHandleType.Pinned);
        Pointer = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(array));
        Capacity = _byteLength = byteLength;
        MarkExported();
    }

    /// <summary>The first byte. Valid while the storage has an owner; hold one (or the tensor) while using it.</summary>
    public byte* Pointer { get; private set; }

    /// <summary>Bytes that the block can hold.</summary>
    public long Capacity { get; }

    /// <inheritdoc/>
    public override long ByteLength => _byteLength;

    /// <summary>Whether the memory is a managed array, so that spans over it are safe.</summary>
    public bool IsManaged => _array is not null;

    /// <summary>Shares the caller's array: writes go both ways. The array is pinned until the storage is released.</summary>
    public static HostStorage Wrap<T>(IDevice device, T[] array) where T : unmanaged =>
        new(device, array, (long)array.Length * sizeof(T));

    /// <summary>As <see cref="Wrap{T}"/>, for an array of any rank with unmanaged elements.</summary>
    public static HostStorage WrapArray(IDevice device, Array array, int elementSize) => new(device, array, array.LongLength * elementSize);

    /// <summary>A reference that keeps the array alive, however long the caller holds it.</summary>
    /// <exception cref="MemoryAccessException">The memory is native: no span can keep it alive.</exception>
    public ref byte Reference => ref _array is null
        ? ref Unsafe.NullRef<byte>()
        : ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_array), _arrayOffset);

    /// <summary>The managed array, or null when the memory is native; elements start <see cref="ArrayOffset"/> bytes in.</summary>
    public Array? BackingArray => _array;

    /// <summary>Bytes from the start of <see cref="BackingArray"/> to the first element.</summary>
    public long ArrayOffset => _arrayOffset;

    internal void Open(long byteLength)
    {
        _byteLength = byteLength;
        Reopen();
    }

    /// <summary>Gives the memory itself back: the collector's, or the system's.</summary>
    internal void Destroy()
    {
        if (_native)
        {
            NativeMemory.AlignedFree(Pointer);
            Pointer = null;
        }

        if (_pin.IsAllocated)
            _pin.Free();
        _array = null;
    }

    /// <inheritdoc/>
    protected override void OnReleased()
    {
        if (_pool is null)
            Destroy();
        else
            _pool.Return(this);
    }
}
