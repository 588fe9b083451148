using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>
/// Stores past the caches: a result that no cache will hold need not be read from memory before it is written. Within the caches the same
/// stores halve the speed, and a result that fits is better kept for whoever reads it next.
/// </summary>
internal static unsafe class StreamedStores
{
    /// <summary>Bytes of a cache line: less than one is not written past the caches.</summary>
    public const int Line = 64;

    /// <summary>Bytes from an address to the next cache line.</summary>
    public static nint ToLine(byte* address) => (nint)(-(long)address & (Line - 1));

    /// <summary>Copies a piece that is in the first-level cache. <see cref="Finish"/> ends a sequence of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy(byte* source, byte* destination, nint bytes)
    {
        nint i = Math.Min(bytes, ToLine(destination));
        Unsafe.CopyBlockUnaligned(destination, source, (uint)i);
        if (WideVectors.Have512)
        {
            for (; i + 128 <= bytes; i += 128)
            {
                Vector512<byte> first = Vector512.Load(source + i), second = Vector512.Load(source + i + 64);
                first.StoreAlignedNonTemporal(destination + i);
                second.StoreAlignedNonTemporal(destination + i + 64);
            }
        }
        else
        {
            for (; i + 64 <= bytes; i += 64)
            {
                Vector256<byte> first = Vector256.Load(source + i), second = Vector256.Load(source + i + 32);
                first.StoreAlignedNonTemporal(destination + i);
                second.StoreAlignedNonTemporal(destination + i + 32);
            }
        }

        if (i < bytes)
            Unsafe.CopyBlockUnaligned(destination + i, source + i, (uint)(bytes - i));
    }

    /// <summary>Writes one cache line over and over into whole lines. <see cref="Finish"/> ends a sequence of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Fill(byte* line, byte* destination, nint bytes)
    {
        if (WideVectors.Have512)
        {
            var all = Vector512.Load(line);
            for (nint i = 0; i < bytes; i += 64)
                all.StoreAlignedNonTemporal(destination + i);
        }
        else
        {
            Vector256<byte> first = Vector256.Load(line), second = Vector256.Load(line + 32);
            for (nint i = 0; i < bytes; i += 64)
            {
                first.StoreAlignedNonTemporal(destination + i);
                second.StoreAlignedNonTemporal(destination + i + 32);
            }
        }
    }

    /// <summary>Makes the stores visible before anything that this thread writes later.</summary>
    public static void Finish()
    {
        if (Sse.IsSupported)
            Sse.StoreFence();
        else
            Interlocked.MemoryBarrier();
    }
}
