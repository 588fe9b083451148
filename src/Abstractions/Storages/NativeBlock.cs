using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// Aligned memory of the system. Freed by its storage; finalized so that a block which was lost (an error between renting and tracking)
/// does not stay for good. Such blocks are few and huge: the finalizer costs nothing that shows.
/// </summary>
internal sealed unsafe class NativeBlock : CriticalFinalizerObject
{
    private nint _pointer;

    public NativeBlock(long bytes)
    {
        _pointer = (nint)NativeMemory.AlignedAlloc((nuint)bytes, HostStorage.Alignment);
        HugePages.Advise(Pointer, bytes);
    }

    ~NativeBlock() => Release();

    public byte* Pointer => (byte*)_pointer;

    public void Free()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release() => NativeMemory.AlignedFree((void*)Interlocked.Exchange(ref _pointer, 0));
}
