using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Asks for memory that is needed soon. An address beyond a tensor does no harm: a fetch never faults.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(void* first, nint bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (nint i = 0; i < bytes; i += Line)
            Sse.Prefetch0((byte*)first + i);
    }
}
