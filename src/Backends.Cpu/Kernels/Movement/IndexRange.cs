using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>Whether indices are in range: ahead of the loop that uses them, which then has no branches.</summary>
internal static unsafe class IndexRange
{
    /// <summary>Indices that are checked, then used: few enough to be in the first-level cache still.</summary>
    public const long Piece = 512;

    /// <summary>How many indices are in range before the first that is not.</summary>
    /// <param name="index">The indices.</param>
    /// <param name="count">How many.</param>
    /// <param name="size">The end of the range; its start is 0.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static long Count(long* index, long count, long size)
    {
        long i = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var end = Vector512.Create((ulong)size);
            while (i + Vector512<ulong>.Count <= count && Vector512.LessThanAll(Vector512.Load((ulong*)(index + i)), end))
                i += Vector512<ulong>.Count;
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var end = Vector256.Create((ulong)size);
            while (i + Vector256<ulong>.Count <= count && Vector256.LessThanAll(Vector256.Load((ulong*)(index + i)), end))
                i += Vector256<ulong>.Count;
        }

        while (i < count && (ulong)index[i] < (ulong)size)
            i++;
        return i;
    }
}
