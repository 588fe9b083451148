using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Elements of a storage as memory. It holds the array behind the storage, not the storage: the array is pinned for as long as it lives,
/// and was marked as exported, so that no other tensor gets it.
/// </summary>
internal sealed unsafe class StorageMemory<T> : MemoryManager<T> where T : unmanaged
{
    private readonly Array _array;
    private readonly nint _offset;
    private readonly int _length;

    public StorageMemory(HostStorage storage, long first, int length)
    {
        _array = storage.BackingArray!;
        _offset = (nint)(storage.ArrayOffset + first * sizeof(T));
        _length = length;
    }

    public override Span<T> GetSpan() => MemoryMarshal.CreateSpan(ref First, _length);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)_length);
        var pin = GCHandle.Alloc(_array, GCHandleType.Pinned); // a caller's array is pinned by the storage alone, which may be gone
        return new MemoryHandle((T*)Unsafe.AsPointer(ref First) + elementIndex, pin);
    }

    public override void Unpin()
    {
        // The handle that Pin returned has freed its own pin.
    }

    protected override void Dispose(bool disposing)
    {
    }

    private ref T First => ref Unsafe.As<byte, T>(ref Unsafe.AddByteOffset(ref MemoryMarshal.GetArrayDataReference(_array), _offset));
}
