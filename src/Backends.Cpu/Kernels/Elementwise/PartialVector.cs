using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The last elements of a row, fewer than a vector has, for rows whose vector code computes them, too: a result never depends on where a row ends.</summary>
internal static unsafe class PartialVector<V, L, T> where V : struct where L : struct, ISimd<V, T> where T : unmanaged
{
    /// <summary>Padded with the last element: padding never does what the data would not.</summary>
    [SkipLocalsInit]
    public static V Load(T* x, nint count)
    {
        T* lanes = stackalloc T[L.Count];
        for (nint k = 0; k < L.Count; k++)
            lanes[k] = x[Math.Min(k, count - 1)];
        return L.Load(lanes);
    }

    [SkipLocalsInit]
    public static void Store(T* y, V value, nint count)
    {
        T* lanes = stackalloc T[L.Count];
        L.Store(lanes, value);
        for (nint k = 0; k < count; k++)
            y[k] = lanes[k];
    }
}
