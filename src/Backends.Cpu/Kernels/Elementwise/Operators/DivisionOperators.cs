using System.Numerics;

namespace Nabla;

/// <summary>
/// The four integer-like divisions. Integer divisors of 0 are refused, and -1 never reaches the hardware: the most negative integer divided
/// by it would raise a fault; here it wraps.
/// </summary>
internal static class DivisionOperators
{
    private static bool IsMinusOne<T>(T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T> => T.IsNegative(T.MinValue) && b == ~T.Zero;

    private static void Check<T>(T b, string op) where T : unmanaged, INumber<T>
    {
        if (b == T.Zero)
            throw new TensorDivisionException(op, "an integer is divided by zero; test the divisor, or compute in a floating type, where the result is infinite or NaN.");
    }

    public readonly struct FloorDivide : IIntegerBinary, IFloatBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "floor_divide");
            if (IsMinusOne(b))
                return unchecked(T.Zero - a);
            var (quotient, rest) = T.DivRem(a, b);
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? quotient - T.One : quotient;
        }

        // From the exact remainder: floor(a / b) alone is off by one where the quotient rounds up to an integer. An infinite a has none: NaN.
        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var quotient = a / b;
            if (b == T.Zero)
                return quotient;
            var rest = a % b;
            var whole = (a - rest) / b;
            if (rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b))
                whole -= T.One;
            return whole == T.Zero ? T.CopySign(T.Zero, quotient) : T.Round(whole);
        }
    }

    public readonly struct TruncDivide : IIntegerBinary, IFloatBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "trunc_divide");
            return IsMinusOne(b) ? unchecked(T.Zero - a) : a / b;
        }

        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Truncate(a / b);
    }

    /// <summary>The sign of b.</summary>
    public readonly struct Remainder : IIntegerBinary, IFloatBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "remainder");
            if (IsMinusOne(b))
                return T.Zero;
            var rest = a % b;
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
        }

        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            var rest = a % b;
            return rest != T.Zero && T.IsNegative(rest) != T.IsNegative(b) ? rest + b : rest;
        }
    }

    /// <summary>The sign of a.</summary>
    public readonly struct Fmod : IIntegerBinary, IFloatBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "fmod");
            return IsMinusOne(b) ? T.Zero : a % b;
        }

        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => a % b;
    }
}
