using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary><see cref="Philox"/> for many counters at once: each 64-bit lane makes a block, with a word in the low half of a register.</summary>
internal static unsafe class PhiloxRow
{
    /// <summary>Writes the blocks of <paramref name="count"/> counters from <paramref name="counter"/>, four words each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(uint* y, long count, ulong key, ulong counter)
    {
        long done = 0;
        if (WideVectors.Have512) done = Loop<Vector512<ulong>, Simd512<ulong>>(y, count, key, counter);
        else if (Vector256.IsHardwareAccelerated) done = Loop<Vector256<ulong>, Simd256<ulong>>(y, count, key, counter);
        else if (Simd128<ulong>.Interleaves) done = Loop<Vector128<ulong>, Simd128<ulong>>(y, count, key, counter);
        for (; done < count; done++)
        {
            uint* to = y + (4 * done);
            (to[0], to[1], to[2], to[3]) = Philox.Block(key, counter + (ulong)done);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static long Loop<V, L>(uint* y, long count, ulong key, ulong counter) where V : struct where L : struct, ISimd<V, ulong>
    {
        // Even lanes make the first half of the blocks and odd lanes the second: interleaving then leaves them in order.
        ulong* order = stackalloc ulong[L.Count];
        for (int i = 0; i < L.Count; i++)
            order[i] = (ulong)((i / 2) + (i % 2 * (L.Count / 2)));
        V lanes = L.Load(order), low = L.Create(uint.MaxValue), m0 = L.Create(Philox.M0), m1 = L.Create(Philox.M1);
        V w0 = L.Create(Philox.W0), w1 = L.Create(Philox.W1);
        long done = 0;
        for (; done + L.Count <= count; done += L.Count, y += 4 * L.Count)
        {
            // What is above the low half of a lane counts for nothing: products do not see it.
            V c0 = L.Add(L.Create(counter + (ulong)done), lanes), c1 = L.ShiftRight64(c0, 32), c2 = L.Create(0), c3 = c2;
            V k0 = L.Create(key), k1 = L.Create(key >> 32);
            for (int round = 0; round < Philox.Rounds; round++)
            {
                V p0 = L.MultiplyUInt32(c0, m0), p1 = L.MultiplyUInt32(c2, m1);
                (c0, c1) = (L.Xor(L.Xor(L.ShiftRight64(p1, 32), c1), k0), p1);
                (c2, c3) = (L.Xor(L.Xor(L.ShiftRight64(p0, 32), c3), k1), p0);
                (k0, k1) = (L.Add(k0, w0), L.Add(k1, w1));
            }

            V first = L.Or(L.And(c0, low), L.ShiftLeft64(c1, 32)), second = L.Or(L.And(c2, low), L.ShiftLeft64(c3, 32));
            L.Store((ulong*)y, L.InterleaveLow(first, second));
            L.Store((ulong*)y + L.Count, L.InterleaveHigh(first, second));
        }

        return done;
    }
}
