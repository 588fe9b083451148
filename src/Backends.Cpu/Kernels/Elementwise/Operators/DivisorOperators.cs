using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>The greatest common divisor and the least common multiple of integers.</summary>
internal static class DivisorOperators
{
    public readonly struct Gcd : IIntegerBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            T u = Magnitude(a), v = Magnitude(b);
            if (T.IsNegative(u) || T.IsNegative(v))
                return Euclid(u, v);
            return Unsafe.SizeOf<T>() <= sizeof(int)
                ? T.CreateTruncating(Binary(int.CreateTruncating(u), int.CreateTruncating(v)))
                : T.CreateTruncating(Binary(long.CreateTruncating(u), long.CreateTruncating(v)));
        }
    }

    public readonly struct Lcm : IIntegerBinary
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static T Integer<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
        {
            var divisor = Gcd.Integer(a, b);
            return divisor == T.Zero ? T.Zero : Magnitude(unchecked(DivisionOperators.TruncDivide.Integer(a, divisor) * b));
        }
    }

    /// <summary>|x|; the most negative number stays.</summary>
    private static T Magnitude<T>(T x) where T : unmanaged, IBinaryInteger<T> => T.IsNegative(x) ? unchecked(T.Zero - x) : x;

    /// <summary>What the operation does in parts, for the most negative number, which is no magnitude.</summary>
    private static T Euclid<T>(T a, T b) where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        while (b != T.Zero)
            (a, b) = (b, DivisionOperators.Fmod.Integer(a, b));
        return a;
    }

    /// <summary>
    /// Of numbers that are not negative: the difference of two odd ones is even, and its factors of 2 are no common ones. Without branches but for the end:
    /// which is larger is as good as random. Source: Stein, "Computational problems associated with Racah algebra", 1967.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Binary<T>(T u, T v) where T : unmanaged, IBinaryInteger<T>
    {
        if (u == T.Zero || v == T.Zero)
            return u | v;
        int common = Twos(u | v);
        u >>= Twos(u);
        v >>= Twos(v);
        for (T difference = u - v; difference != T.Zero; difference = u - v)
        {
            T sign = difference >> ((8 * Unsafe.SizeOf<T>()) - 1);
            v += difference & sign; // the smaller
            u = ((difference ^ sign) - sign) >> Twos(difference);
        }

        return v << common;
    }

    /// <summary>How often 2 is a factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Twos<T>(T x) where T : unmanaged, IBinaryInteger<T> => int.CreateTruncating(T.TrailingZeroCount(x));
}
