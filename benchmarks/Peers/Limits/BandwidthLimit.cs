using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Nabla.Peers;

/// <summary>
/// The most bytes a second for a working set and a mix of reads and writes: a loop that reads one array into registers and fills another, a piece of each
/// in turn. With ordinary stores and with such that bypass the caches; the better counts. In pages of 2 MB where Linux has them, as large tensors are.
/// </summary>
internal static unsafe class BandwidthLimit
{
    private const int Line = 64, Block = 4 * Line;
    private const long BypassFrom = 8 << 20; // within the caches it only slows
    private const int Page = 4096, Skew = Page / 2; // arrays at the same place of a page would hinder each other

    /// <summary>Bytes a second of all threads together; each has its own part of both arrays.</summary>
    public static double Measure(long reads, long writes, int threads, TimeSpan length)
    {
        var (loads, stores) = (Blocks(reads, threads), Blocks(writes, threads));
        var (sourceSize, targetSize) = ((nuint)(loads * threads * Block), (nuint)(stores * threads * Block));
        using var fresh = new FreshMemory(sourceSize + targetSize + Page + Skew);
        byte* source = fresh.Start, target = source + (sourceSize + Page - 1) / Page * Page + Skew;
        var sums = new Vector512<int>[threads * 8]; // apart, so that threads share no line
        double Rate(bool bypass) => Crew.Rate(threads, length, (loads + stores) * Block, thread =>
            sums[thread * 8] = Pass(source + thread * loads * Block, loads, target + thread * stores * Block, stores, bypass));
        return writes == 0 || reads + writes < BypassFrom ? Rate(false) : Math.Max(Rate(false), Rate(true));
    }

    private static long Blocks(long bytes, int threads) => bytes == 0 ? 0 : Math.Max(1, bytes / (Block * threads));

    /// <summary>Spreads the fewer of loads and stores evenly among the more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<int> Pass(byte* source, long loads, byte* target, long stores, bool bypass)
    {
        Vector512<int> a = default, b = default, c = default, d = default;
        long steps = Math.Max(loads, stores), loadsDue = 0, storesDue = 0;
        for (long step = 0; step < steps; step++)
        {
            loadsDue += loads;
            if (loadsDue >= steps)
            {
                loadsDue -= steps;
                a += Vector512.Load((int*)source);
                b += Vector512.Load((int*)(source + Line));
                c += Vector512.Load((int*)(source + 2 * Line));
                d += Vector512.Load((int*)(source + 3 * Line));
                source += Block;
            }

            storesDue += stores;
            if (storesDue < steps)
                continue;
            storesDue -= steps;
            if (bypass)
            {
                a.StoreAlignedNonTemporal((int*)target);
                b.StoreAlignedNonTemporal((int*)(target + Line));
                c.StoreAlignedNonTemporal((int*)(target + 2 * Line));
                d.StoreAlignedNonTemporal((int*)(target + 3 * Line));
            }
            else
            {
                a.Store((int*)target);
                b.Store((int*)(target + Line));
                c.Store((int*)(target + 2 * Line));
                d.Store((int*)(target + 3 * Line));
            }

            target += Block;
        }

        return a + b + c + d;
    }
}
