using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>Other logarithms, and what is made of them.</content>
internal static partial class SimdMath64<V, L>
{
    private const double Log2E = 1.4426950408889634;

    /// <summary>
    /// e + f log2(e) + (log(1 + f) - f) log2(e), x = 2^e (1 + f): powers of two are exact, and what product and sum round off goes into the last sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2(V x)
    {
        var f = L.Subtract(MantissaOf(x, out var e), L.Create(1));
        var s = L.Divide(f, L.Add(f, L.Create(2)));
        var z = L.Multiply(s, s);
        var square = L.Multiply(L.Multiply(f, f), L.Create(0.5));
        var rest = L.MultiplyAdd(s, L.MultiplyAdd(LogSeries(z), z, square), L.Negate(square));
        V part = L.Multiply(f, L.Create(Log2E)), sum = L.Add(e, part);
        var low = L.MultiplyAdd(f, L.Create(2.0355273740931033e-17), L.MultiplyAdd(f, L.Create(Log2E), L.Negate(part))); // the constant lacks that
        low = L.Add(low, L.Add(L.Subtract(e, sum), part));
        return Special(L.Add(sum, L.MultiplyAdd(rest, L.Create(Log2E), low)), x);
    }

    /// <summary>log(high + low) + doublings log(2), low within the rounding error of high.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfSum(V high, V low, V doublings)
    {
        var m = MantissaOf(high, out var e);
        return Special(LogOfParts(L.Subtract(m, L.Create(1)), L.Add(e, doublings), L.Divide(low, high)), high);
    }

    /// <summary>log(1 + x), x with all its digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log1p(V x)
    {
        V one = L.Create(1), more = L.Add(x, one);
        var result = LogOfSum(more, L.Subtract(x, L.Subtract(more, one)), L.Create(0));
        return L.Select(L.Equal(more, one), x, result); // -0 has lost its sign
    }

    /// <summary>log(x + sqrt(x^2 - 1)), the root from what x is more than 1. Beyond 2^30 log(2x): there the square could overflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Acosh(V x)
    {
        V one = L.Create(1), more = L.Subtract(x, one);
        var root = L.Sqrt(L.MultiplyAdd(more, more, L.Add(more, more)));
        var sum = L.Add(x, root);
        var low = L.Subtract(root, L.Subtract(sum, x));
        var large = L.LessThan(L.Create(1 << 30), x);
        var result = LogOfSum(L.Select(large, x, sum), L.Select(large, L.Create(0), low), L.And(large, one));
        return L.Select(L.LessThan(x, one), L.Create(double.NaN), result);
    }

    /// <summary>log((1 + z) / (1 - z)) / 2, z = |x|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Atanh(V x) => L.HasParts ? AtanhByParts(x) : AtanhByLog(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanhByLog(V x)
    {
        var z = L.Abs(x);
        var result = Log1p(L.Divide(L.Add(z, z), L.Subtract(L.Create(1), z)));
        return L.Or(L.Multiply(result, L.Create(0.5)), L.And(x, L.Create(-0.0)));
    }

    /// <summary>
    /// e ln 2 / 2 + artanh((n - d) / (n + d)), (1 + z) / (1 - z) = 2^e n / d: the quotient is at most a third, and one division does. To float32.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V AtanhByParts(V x)
    {
        V z = L.Abs(x), one = L.Create(1), more = L.Add(one, z), less = L.Subtract(one, z);
        V n = L.Mantissa(more), d = L.Mantissa(less);
        var e = L.Add(L.Subtract(L.Exponent(more), L.Exponent(n)), L.Subtract(L.Exponent(d), L.Exponent(less)));
        var difference = L.Select(L.LessThan(z, L.Create(0.25)), L.Add(z, z), L.Subtract(n, d)); // without the rounding errors of n and d
        var s = L.Divide(difference, L.Add(n, d));
        var square = L.Multiply(s, s);

        // (artanh(s) - s) / s^3 of s^2
        var p = L.MultiplyAdd(L.Create(0.10896199322774679), square, L.Create(0.08573925273063412));
        p = L.MultiplyAdd(p, square, L.Create(0.11150750005854743));
        p = L.MultiplyAdd(p, square, L.Create(0.1428419805657477));
        p = L.MultiplyAdd(p, square, L.Create(0.20000026499687582));
        p = L.MultiplyAdd(p, square, L.Create(0.333333331795705));
        var result = L.MultiplyAdd(e, L.Create(0.34657359027997264), L.MultiplyAdd(L.Multiply(square, p), s, s));
        return L.Or(L.Select(L.LessThan(one, z), L.Create(double.NaN), result), L.And(x, L.Create(-0.0)));
    }
}
