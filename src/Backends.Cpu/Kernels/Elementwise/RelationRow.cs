using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>The row of a relation of two elements: vector masks become bytes of 0 and 1.</summary>
internal static unsafe class RelationRow<TMap, T> where TMap : struct, IVectorRelation<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(byte* y, byte* a, byte* b, byte* c, nint count, int scalars)
    {
        if (scalars == 3) BinaryRow<TMap, T, byte>.Run(y, a, b, c, count, scalars);
        else if (WideVectors.Have512) Loop<Vector512<T>, Simd512<T>>(y, (T*)a, (T*)b, count, scalars);
        else if (Vector256.IsHardwareAccelerated) Loop<Vector256<T>, Simd256<T>>(y, (T*)a, (T*)b, count, scalars);
        else if (Vector128.IsHardwareAccelerated) Loop<Vector128<T>, Simd128<T>>(y, (T*)a, (T*)b, count, scalars);
        else BinaryRow<TMap, T, byte>.Run(y, a, b, c, count, scalars);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<V, L>(byte* y, T* a, T* b, nint count, int scalars) where V : struct where L : struct, ISimd<V, T>
    {
        nint i = 0;
        T left = *a, right = *b; // before any write: y may be an input
        V s;
        switch (scalars)
        {
            case 0:
                for (; i + L.Count <= count; i += L.Count)
                    L.StoreMask(y + i, TMap.Apply<V, L>(L.Load(a + i), L.Load(b + i)));
                for (; i < count; i++)
                    y[i] = TMap.Apply(a[i], b[i]);
                break;
            case 1:
                s = L.Create(left);
                for (; i + L.Count <= count; i += L.Count)
                    L.StoreMask(y + i, TMap.Apply<V, L>(s, L.Load(b + i)));
                for (; i < count; i++)
                    y[i] = TMap.Apply(left, b[i]);
                break;
            default:
                s = L.Create(right);
                for (; i + L.Count <= count; i += L.Count)
                    L.StoreMask(y + i, TMap.Apply<V, L>(L.Load(a + i), s));
                for (; i < count; i++)
                    y[i] = TMap.Apply(a[i], right);
                break;
        }
    }
}
