using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>Sizes of this machine's caches.</summary>
internal static class CpuCaches
{
    private const long UnknownLastLevel = 32L << 20;

    /// <summary>Bytes of the largest cache.</summary>
    public static long LastLevelBytes { get; } = X86Base.IsSupported && FromCpuId() is > 0 and var bytes ? bytes : UnknownLastLevel;

    /// <summary>By the leaves that describe caches: 4 of Intel, 0x8000001D of AMD, alike in form.</summary>
    private static long FromCpuId()
    {
        long largest = 0;
        uint highestExtended = (uint)X86Base.CpuId(unchecked((int)0x80000000), 0).Eax;
        int leaf = highestExtended >= 0x8000001D && X86Base.CpuId(unchecked((int)0x8000001D), 0).Eax != 0 ? unchecked((int)0x8000001D) : 4;
        if (leaf == 4 && X86Base.CpuId(0, 0).Eax < 4)
            return 0;
        for (int index = 0; index < 16; index++)
        {
            var (a, b, c, _) = X86Base.CpuId(leaf, index);
            if ((a & 31) == 0)
                break;
            long ways = ((uint)b >> 22) + 1, partitions = (((uint)b >> 12) & 0x3FF) + 1, line = ((uint)b & 0xFFF) + 1, sets = (uint)c + 1L;
            largest = Math.Max(largest, ways * partitions * line * sets);
        }

        return largest;
    }
}
