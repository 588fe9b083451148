using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Powers with exponents that need no logarithm. What they give of zeros, infinities and NaN is what C's <c>pow</c> gives.</summary>
internal static class PowerOperators
{
    /// <summary>x^0: 1, of NaN, too.</summary>
    public readonly struct One : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => T.One;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> => L.Create(T.One);
    }

    /// <summary>x^1</summary>
    public readonly struct Same : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => x;

        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> => x;
    }

    /// <summary>x^2, rounded once.</summary>
    public readonly struct Square : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => unchecked(x * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> => L.Multiply(x, x);
    }

    /// <summary>x^3, rounded twice.</summary>
    public readonly struct Cube : INumberUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, INumber<T> => unchecked(x * x * x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Multiply(L.Multiply(x, x), x);
    }

    /// <summary>x^-2 = (1 / x)^2: the square of x could overflow, or lose digits, where the result does not.</summary>
    public readonly struct InverseSquare : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var inverse = T.One / x;
            return inverse * inverse;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>
        {
            var inverse = L.Divide(L.Create(T.One), x);
            return L.Multiply(inverse, inverse);
        }
    }

    /// <summary>x^0.5: the root, but of -infinity infinity, and of -0 0.</summary>
    public readonly struct Root : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            T.IsNegativeInfinity(x) ? T.PositiveInfinity : T.Sqrt(x) + T.Zero;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T>
        {
            var infinity = L.Create(T.One / T.Zero);
            return L.Select(L.Equal(x, L.Negate(infinity)), infinity, L.Add(L.Sqrt(x), L.Create(T.Zero)));
        }
    }

    /// <summary>x^-0.5</summary>
    public readonly struct InverseRoot : IVectorFloatUnary
    {
        public static T Apply<T>(T x) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.One / Root.Apply(x);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V x) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Divide(L.Create(T.One), Root.Apply<V, L, T>(x));
    }
}
