using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>Functions of two floats; powers of integers, too.</summary>
internal static class FloatBinaryOperators
{
    public readonly struct Pow : IWideBinary, IIntegerBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Pow(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double> => Complete<V, L, float>(a, b, SimdMath64<V, L>.PowerSingle(a, b));

        /// <summary>The form for float64; see <see cref="SimdMath64{V, L}.PowerExact"/>.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Exact<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double> =>
            Complete<V, L, double>(a, b, SimdMath64<V, L>.PowerExact(a, b));

        /// <summary>The power of |a| with its sign, where the vector has negative numbers. Lanes in which that power is NaN are the scalar function's.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Complete<V, L, T>(V a, V b, V power) where V : struct where L : struct, ISimd<V, double> where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            power = L.Select(L.Equal(b, L.Create(2)), L.Multiply(a, a), power); // rounded once, as where 2 is the exponent of all
            var ordinary = L.Equal(power, power);
            if (L.Bits(a) != 0)
            {
                // Of a negative base: the sign of an odd exponent, and NaN of one that is not whole, where the base is neither 0 nor infinite.
                V half = L.Multiply(b, L.Create(0.5)), whole = L.Equal(L.Floor(b), b);
                var odd = L.And(whole, L.Not(L.Equal(L.Floor(half), half)));
                var rooted = L.And(L.And(L.LessThan(a, L.Create(0)), L.LessThanOrEqual(L.Create(double.MinValue), a)), L.Not(whole));
                power = L.Select(rooted, L.Create(double.NaN), L.Or(power, L.And(odd, L.And(a, L.Create(-0.0)))));
            }

            return ScalarLanes.Repair<V, L, Pow, T>(a, b, power, ordinary);
        }

        /// <summary>By squaring, wrapping. A negative exponent gives the truncated reciprocal: 0, except of 1 and -1.</summary>
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            if (T.IsNegative(b))
                return a == T.One ? T.One : a == ~T.Zero ? (T.IsEvenInteger(b) ? T.One : a) : T.Zero;
            var result = T.One;
            for (; b != T.Zero; b >>= 1, a = unchecked(a * a))
                if (T.IsOddInteger(b))
                    result = unchecked(result * a);
            return result;
        }
    }

    public readonly struct Atan2 : IWideBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atan2(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double> => SimdMath64<V, L>.Atan2(a, b);
    }

    public readonly struct Hypot : IWideBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Hypot(a, b);

        public static bool IsExact => true;

        /// <summary>Squares of numbers beyond 2^500 could overflow, and of those below 2^-500 vanish: they are scaled. Infinity with NaN is infinite.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double>
        {
            V x = L.Abs(a), y = L.Abs(b), larger = L.Max(x, y), infinity = L.Create(double.PositiveInfinity);
            V large = L.LessThan(L.Create(Large), larger), small = L.LessThan(larger, L.Create(1 / Large));
            var scale = L.Select(large, L.Create(1 / Scale), L.Select(small, L.Create(Scale), L.Create(1)));
            var back = L.Select(large, L.Create(Scale), L.Select(small, L.Create(1 / Scale), L.Create(1)));
            V p = L.Multiply(x, scale), q = L.Multiply(y, scale);
            var length = L.Multiply(L.Sqrt(L.MultiplyAdd(p, p, L.Multiply(q, q))), back);
            return L.Select(L.Or(L.Equal(x, infinity), L.Equal(y, infinity)), infinity, length);
        }

        private const double Large = 3.273390607896142e150; // 2^500
        private const double Scale = 4.149515568880993e180; // 2^600
    }

    public readonly struct Copysign : IVectorFloatBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CopySign(a, b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> =>
            L.Or(L.Abs(a), L.And(b, L.Create(-T.Zero)));
    }

    public readonly struct Div : IVectorFloatBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => a / b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> => L.Divide(a, b);
    }
}
