using System.Numerics;

namespace Nabla;

/// <summary>Size classes, four an octave: a block wastes a fifth at most (beyond the smallest), and blocks of a kind meet again.</summary>
public static class SizeClass
{
    /// <summary>The smallest block, in bytes.</summary>
    public const long Smallest = 64;

    /// <summary>How many classes there are.</summary>
    public const int Count = 4 * 48;

    /// <summary>The largest block, in bytes.</summary>
    public const long Largest = 7L << 51;

    /// <summary>The class that holds <paramref name="bytes"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative, or above <see cref="Largest"/>.</exception>
    public static int Of(long bytes) => (ulong)bytes <= Smallest ? 0 : OfLarger(bytes);

    /// <summary>A method of its own, so that the common case of small tensors is inlined.</summary>
    private static int OfLarger(long bytes)
    {
        if ((ulong)bytes > Largest)
            throw new ArgumentOutOfRangeException(nameof(bytes), bytes, $"A block has 0 to {Largest} bytes.");
        int octave = BitOperations.Log2((ulong)(bytes - 1)); // 2^octave < bytes <= 2^(octave+1)
        int quarter = (int)(((bytes - 1) >> (octave - 2)) & 3);
        return ((octave - 6) * 4) + quarter + 1;
    }

    /// <summary>Bytes of a block of a class.</summary>
    public static long Bytes(int sizeClass)
    {
        if (sizeClass == 0)
            return Smallest;
        int octave = ((sizeClass - 1) / 4) + 6, quarter = (sizeClass - 1) % 4;
        return (4L + quarter + 1) << (octave - 2);
    }
}
