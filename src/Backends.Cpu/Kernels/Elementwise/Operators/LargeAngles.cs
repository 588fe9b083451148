using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Sines and cosines of angles so large that the vector code's reduction loses digits: lane by lane, so that neighbours do not matter.</summary>
internal static unsafe class LargeAngles
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Repair<V, L, T, TOp>(V x, V y, T largest)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TOp : struct, IFloatUnary
    {
        ulong large = L.Bits(L.LessThan(L.Create(largest), L.Abs(x)));
        return large == 0 ? y : RepairLanes<V, L, T, TOp>(x, y, large);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V RepairLanes<V, L, T, TOp>(V x, V y, ulong large)
        where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> where TOp : struct, IFloatUnary
    {
        T* from = stackalloc T[L.Count], to = stackalloc T[L.Count];
        L.Store(from, x);
        L.Store(to, y);
        for (int i = 0; i < L.Count; i++)
            if ((large >> i & 1) != 0)
                to[i] = TOp.Apply(from[i]);
        return L.Load(to);
    }
}
