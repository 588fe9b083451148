using System.Numerics;
using System.Runtime.CompilerServices;

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

    public readonly struct FloorDivide : IIntegerBinary, IWideBinary
    {
        public static bool RoundsOnItsWay => true;

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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double>
        {
            V rest = Rest<V, L>(a, b, out var quotient, out var ordinary), one = L.Create(1);
            return ScalarLanes.Repair<V, L, FloorDivide, float>(a, b, L.Subtract(quotient, L.And(SignsDiffer<V, L>(rest, b), one)), ordinary);
        }
    }

    public readonly struct TruncDivide : IIntegerBinary, IVectorFloatBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "trunc_divide");
            return IsMinusOne(b) ? unchecked(T.Zero - a) : a / b;
        }

        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Truncate(a / b);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V, L, T>(V a, V b) where V : struct where L : struct, ISimd<V, T> where T : unmanaged, INumber<T> => L.Truncate(L.Divide(a, b));
    }

    /// <summary>The sign of b.</summary>
    public readonly struct Remainder : IIntegerBinary, IWideBinary
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

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double>
        {
            var rest = Rest<V, L>(a, b, out _, out var ordinary);
            return ScalarLanes.Repair<V, L, Remainder, float>(a, b, L.Select(SignsDiffer<V, L>(rest, b), L.Add(rest, b), rest), ordinary);
        }
    }

    /// <summary>The sign of a.</summary>
    public readonly struct Fmod : IIntegerBinary, IWideBinary
    {
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            Check(b, "fmod");
            return IsMinusOne(b) ? T.Zero : a % b;
        }

        public static T Float<T>(T a, T b) where T : unmanaged, IBinaryFloatingPointIeee754<T> => a % b;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Wide<V, L>(V a, V b) where V : struct where L : struct, ISimd<V, double>
        {
            var rest = Rest<V, L>(a, b, out _, out var ordinary);
            return ScalarLanes.Repair<V, L, Fmod, float>(a, b, rest, ordinary);
        }
    }

    /// <summary>
    /// The exact remainder of float32 numbers, with the sign of a: in float64 their quotient does not round up to an integer, and its product with b is
    /// exact. Ordinary are the lanes with a finite divisor and a quotient so small that the scalar forms, which round in float32, give the same.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Rest<V, L>(V a, V b, out V quotient, out V ordinary) where V : struct where L : struct, ISimd<V, double>
    {
        quotient = L.Truncate(L.Divide(a, b));
        ordinary = L.And(L.LessThan(L.Abs(quotient), L.Create(1 << 22)), L.LessThanOrEqual(L.Abs(b), L.Create(float.MaxValue)));
        return L.Or(L.MultiplyAdd(L.Negate(quotient), b, a), L.And(a, L.Create(-0.0)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SignsDiffer<V, L>(V rest, V b) where V : struct where L : struct, ISimd<V, double> => L.LessThan(L.Multiply(rest, b), L.Create(0));
}
