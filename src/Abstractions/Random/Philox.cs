using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Philox4x32-10, the counter-based generator behind <see cref="RandomBitsOp"/>: four 32-bit words from a 64-bit key and a counter.
/// Source: Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
/// </summary>
public static class Philox
{
    /// <summary>First multiplier.</summary>
    public const uint M0 = 0xD2511F53;

    /// <summary>Second multiplier.</summary>
    public const uint M1 = 0xCD9E8D57;

    /// <summary>Step of the key's low word: the golden ratio.</summary>
    public const uint W0 = 0x9E3779B9;

    /// <summary>Step of the key's high word: sqrt(3) - 1.</summary>
    public const uint W1 = 0xBB67AE85;

    /// <summary>Rounds.</summary>
    public const int Rounds = 10;

    /// <summary>The block of four words at a counter whose upper 64 bits are zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (uint X0, uint X1, uint X2, uint X3) Block(ulong key, ulong counter) => Block(key, counter, 0);

    /// <summary>The block of four words at any 128-bit counter.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (uint X0, uint X1, uint X2, uint X3) Block(ulong key, ulong low, ulong high)
    {
        uint c0 = (uint)low, c1 = (uint)(low >> 32), c2 = (uint)high, c3 = (uint)(high >> 32);
        uint k0 = (uint)key, k1 = (uint)(key >> 32);
        for (int round = 0; round < Rounds; round++)
        {
            ulong p0 = (ulong)M0 * c0, p1 = (ulong)M1 * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += W0;
            k1 += W1;
        }

        return (c0, c1, c2, c3);
    }
}
