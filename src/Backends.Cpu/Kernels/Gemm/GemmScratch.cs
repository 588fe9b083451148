using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// A thread's packing buffers: they only grow, and are freed with the thread. No pool counts them, so what a kernel asks for is bounded by its
/// blocks, whatever the operands: less than ten megabytes.
/// </summary>
internal sealed unsafe class GemmScratch
{
    private const int Alignment = 64;

    /// <summary>
    /// Packed blocks of large products fill most of the second-level cache: in pages of 4 KB, which fall unevenly on its sets, parts of them are
    /// read from beyond it again and again, the slower the more others use the cache there.
    /// </summary>
    private const int LeastHugeBytes = 256 * 1024;

    [ThreadStatic]
    private static GemmScratch? _current;

    private Buffer _a;
    private Buffer _b;
    private Buffer _tile;
    private Buffer _wide;

    ~GemmScratch()
    {
        _a.Free();
        _b.Free();
        _tile.Free();
        _wide.Free();
    }

    public static GemmScratch Current => _current ??= new GemmScratch();

    /// <summary>What the thread holds.</summary>
    public nuint Bytes => _a.Bytes + _b.Bytes + _tile.Bytes + _wide.Bytes;

    public T* A<T>(nint count) where T : unmanaged => (T*)_a.Get((nuint)count * (nuint)sizeof(T));

    public T* B<T>(nint count) where T : unmanaged => (T*)_b.Get((nuint)count * (nuint)sizeof(T));

    public T* Tile<T>(nint count) where T : unmanaged => (T*)_tile.Get((nuint)count * (nuint)sizeof(T));

    public T* Wide<T>(nint count) where T : unmanaged => (T*)_wide.Get((nuint)count * (nuint)sizeof(T));

    private struct Buffer
    {
        private void* _pointer;
        private nuint _bytes;

        public readonly nuint Bytes => _bytes;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void* Get(nuint bytes) => bytes <= _bytes ? _pointer : Grow(bytes);

        public void Free()
        {
            NativeMemory.AlignedFree(_pointer);
            _pointer = null;
            _bytes = 0;
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private void* Grow(nuint bytes)
        {
            Free();
            _pointer = bytes < LeastHugeBytes ? NativeMemory.AlignedAlloc(bytes, Alignment) : HugePages.Allocate(bytes);
            _bytes = bytes;
            return _pointer;
        }
    }
}
