using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>The row of a relation of two elements: vector masks become bytes of 0 and 1.</summary>
internal static unsafe class RelationRow<TMap, T> where TMap : struct, IVectorRelation<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        // A 128-bit vector of 64-bit lanes has too few lanes to fill eight bytes at once.
        if (scalars == 3 || count < 8 || !Vector512.IsHardwareAccelerated && sizeof(T) == 8) BinaryRow<TMap, T, byte>.Run(y, a, b, c, count, scalars);
        else if (Vector512.IsHardwareAccelerated) Loop<Vector512<T>, Simd512<T>>(y, (T*)a, (T*)b, count, scalars);
        else if (Vector256.IsHardwareAccelerated) Loop<Vector256<T>, Simd256<T>>(y, (T*)a, (T*)b, count, scalars);
        else if (Vector128.IsHardwareAccelerated && sizeof(T) <= 2) Loop<Vector128<T>, Simd128<T>>(y, (T*)a, (T*)b, count, scalars);
        else BinaryRow<TMap, T, byte>.Run(y, a, b, c, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(byte* y, T* a, T* b, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0, aStep = (scalars & 1) != 0 ? 0 : 1, bStep = (scalars & 2) != 0 ? 0 : 1;
        T first = *a, second = *b; // before any write: y may be an input
        V left = L.Create(first), right = L.Create(second);
        for (; i + L.Count <= count; i += L.Count)
        {
            ulong bits = L.Bits(TMap.Apply<V, L>(aStep == 0 ? left : L.Load(a + i), bStep == 0 ? right : L.Load(b + i)));
            for (nint k = 0; k < L.Count; k += 8, bits >>= 8)
                *(ulong*)(y + i + k) = Spread(bits & 0xFF);
        }

        for (; i < count; i++)
            y[i] = TMap.Apply(aStep == 0 ? first : a[i], bStep == 0 ? second : b[i]);
    }

    /// <summary>Bit i becomes byte i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Spread(ulong bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(bits, 0x0101010101010101);
        // A copy of the bits in each byte, of which byte i keeps bit i; adding 0x7F carries it to the top.
        ulong kept = (bits * 0x0101010101010101) & 0x8040201008040201;
        return ((kept + 0x7F7F7F7F7F7F7F7F) | kept) >> 7 & 0x0101010101010101;
    }
}
