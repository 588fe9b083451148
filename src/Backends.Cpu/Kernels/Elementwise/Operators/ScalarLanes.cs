using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Lanes that a vector form does not cover: the scalar function of their type does these, float32 that came as float64 or float64.</summary>
internal static class ScalarLanes
{
    /// <param name="a">The first operand.</param>
    /// <param name="b">The second operand.</param>
    /// <param name="y">The results of the vector form.</param>
    /// <param name="ordinary">A mask of the lanes that it covers.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Repair<V, L, TOp, T>(V a, V b, V y, V ordinary)
        where V : struct where L : struct, ISimd<V, double> where TOp : struct, IFloatBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ulong others = L.Bits(L.Not(ordinary));
        return others == 0 ? y : Repair<V, L, TOp, T>(a, b, y, others);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe V Repair<V, L, TOp, T>(V a, V b, V y, ulong others)
        where V : struct where L : struct, ISimd<V, double> where TOp : struct, IFloatBinary where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double* left = stackalloc double[L.Count], right = stackalloc double[L.Count], to = stackalloc double[L.Count];
        L.Store(left, a);
        L.Store(right, b);
        L.Store(to, y);
        for (int i = 0; i < L.Count; i++)
            if ((others >> i & 1) != 0)
                to[i] = double.CreateTruncating(TOp.Float(T.CreateTruncating(left[i]), T.CreateTruncating(right[i])));
        return L.Load(to);
    }
}
