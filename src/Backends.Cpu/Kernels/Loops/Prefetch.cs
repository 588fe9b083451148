using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Asks for memory that is needed soon. An address beyond a tensor does no harm: a fetch never faults.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Bytes between what a loop past the caches computes and what it asks for: stores past the caches keep the hardware from doing so in time.</summary>
    private const nint Distance = 4096;

    /// <summary>Into the first-level cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines(void* first, nint bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (nint i = 0; i < bytes; i += Line)
            Sse.Prefetch0((byte*)first + i);
    }

    /// <summary>For a loop past the caches that has come to an address of its input: one vector after the other, so that lines arrive evenly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ahead(void* reached)
    {
        if (Sse.IsSupported)
            Sse.Prefetch0((byte*)reached + Distance);
    }

    /// <summary>For a piece of such a loop, at once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ahead(void* reached, nint bytes) => Lines((byte*)reached + Distance, bytes);
}
