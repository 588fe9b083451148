using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Functions of three floats.</summary>
internal static class TripleOperators
{
    /// <summary>a b + c, rounded once where the machine can.</summary>
    public readonly struct MultiplyAdd : ITripleFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b, V c)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => L.MultiplyAdd(a, b, c);
    }

    /// <summary>a + (b - a) weight, from the nearer side, so that the weights 0 and 1 are exact.</summary>
    public readonly struct LerpBy : ITripleFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b, V weight)
            where V : struct where L : struct, ISimd<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            V way = L.Subtract(b, a), isNear = L.LessThan(L.Abs(weight), L.Create(T.CreateTruncating(0.5)));
            return L.Select(isNear, L.Add(a, L.Multiply(way, weight)), L.Subtract(b, L.Multiply(way, L.Subtract(L.Create(T.One), weight))));
        }
    }
}
