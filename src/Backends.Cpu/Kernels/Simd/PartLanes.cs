using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Nabla;

/// <summary>The first lanes of a float32 vector: what is left at the end of a row. Memory beyond it is not touched.</summary>
internal static unsafe class PartLanes<V, L> where V : struct where L : struct, ISimd<V, float>
{
    private static ReadOnlySpan<float> Indices => [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15];

    /// <summary>All bits of the first lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Mask(nint count)
    {
        // Static data of the program does not move.
        var indices = L.Load((float*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(Indices)));
        return L.LessThan(indices, L.Create(count));
    }

    /// <summary>The first <paramref name="count"/> elements, and zeros.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Load(float* source, nint count)
    {
        if (typeof(V) == typeof(Vector512<float>) && Avx512F.IsSupported)
            return Unsafe.BitCast<Vector512<float>, V>(Avx512F.MaskLoad(source, Unsafe.BitCast<V, Vector512<float>>(Mask(count)), Vector512<float>.Zero));
        if (typeof(V) == typeof(Vector256<float>) && Avx.IsSupported)
            return Unsafe.BitCast<Vector256<float>, V>(Avx.MaskLoad(source, Unsafe.BitCast<V, Vector256<float>>(Mask(count))));
        return LoadEach(source, count);
    }

    /// <summary>Stores the first <paramref name="count"/> lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float* destination, V value, nint count)
    {
        if (typeof(V) == typeof(Vector512<float>) && Avx512F.IsSupported)
            Avx512F.MaskStore(destination, Unsafe.BitCast<V, Vector512<float>>(Mask(count)), Unsafe.BitCast<V, Vector512<float>>(value));
        else if (typeof(V) == typeof(Vector256<float>) && Avx.IsSupported)
            Avx.MaskStore(destination, Unsafe.BitCast<V, Vector256<float>>(Mask(count)), Unsafe.BitCast<V, Vector256<float>>(value));
        else
            StoreEach(destination, value, count);
    }

    [SkipLocalsInit]
    private static V LoadEach(float* source, nint count)
    {
        float* lanes = stackalloc float[L.Count];
        L.Store(lanes, default);
        for (nint k = 0; k < count; k++)
            lanes[k] = source[k];
        return L.Load(lanes);
    }

    [SkipLocalsInit]
    private static void StoreEach(float* destination, V value, nint count)
    {
        float* lanes = stackalloc float[L.Count];
        L.Store(lanes, value);
        for (nint k = 0; k < count; k++)
            destination[k] = lanes[k];
    }
}
