using System.Numerics;

namespace Nabla;

/// <summary>Functions of two floats; powers of integers, too.</summary>
internal static class FloatBinaryOperators
{
    public readonly struct Pow : IFloatBinary, IIntegerBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Pow(a, b);

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

    public readonly struct Atan2 : IFloatBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Atan2(a, b);
    }

    public readonly struct Hypot : IFloatBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Hypot(a, b);
    }

    public readonly struct Copysign : IFloatBinary
    {
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.CopySign(a, b);
    }
}
