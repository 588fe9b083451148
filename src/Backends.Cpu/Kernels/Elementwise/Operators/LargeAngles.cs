using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Sines and cosines of angles so large that the vector code's reduction loses digits: lane by lane, so that neighbours do not matter.</summary>
internal static unsafe class LargeAngles
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Repair<V, L, TOp>(V x, V y) where V : struct where L : struct, ISimd<V, float> where TOp : struct, IFloatUnary
    {
        ulong large = L.Bits(L.LessThan(L.Create(SimdMath<V, L>.LargestAngle), L.Abs(x)));
        return large == 0 ? y : RepairLanes<V, L, TOp>(x, y, large);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static V RepairLanes<V, L, TOp>(V x, V y, ulong large) where V : struct where L : struct, ISimd<V, float> where TOp : struct, IFloatUnary
    {
        float* from = stackalloc float[L.Count], to = stackalloc float[L.Count];
        L.Store(from, x);
        L.Store(to, y);
        for (int i = 0; i < L.Count; i++)
            if ((large >> i & 1) != 0)
                to[i] = TOp.Apply(from[i]);
        return L.Load(to);
    }
}
