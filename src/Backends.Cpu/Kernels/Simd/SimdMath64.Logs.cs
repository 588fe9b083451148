using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>Other logarithms, and what is made of them.</content>
internal static partial class SimdMath64<V, L>
{
    private const double Log2E = 1.4426950408889634;
    private const double Log10E = 0.4342944819032518;

    /// <summary>
    /// e + f log2(e) + (log(1 + f) - f) log2(e), x = 2^e (1 + f): powers of two are exact, and what product and sum round off goes into the last sum.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log2(V x)
    {
        var rest = LogRest(x, out var e, out var f);
        V part = L.Multiply(f, L.Create(Log2E)), sum = L.Add(e, part);
        var low = L.MultiplyAdd(f, L.Create(2.0355273740931033e-17), L.MultiplyAdd(f, L.Create(Log2E), L.Negate(part))); // the constant lacks that
        low = L.Add(low, L.Add(L.Subtract(e, sum), part));
        return Special(L.Add(sum, L.MultiplyAdd(rest, L.Create(Log2E), low)), x);
    }

    /// <summary>e log10(2) + log10(1 + f), x = 2^e (1 + f), in the same way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log10(V x)
    {
        var rest = LogRest(x, out var e, out var f);
        V large = L.Multiply(e, L.Create(0.30102999566224753)), part = L.Multiply(f, L.Create(Log10E)), sum = L.Add(large, part); // 38 bits: see Ln2High
        var low = L.MultiplyAdd(f, L.Create(1.098319650216765e-17), L.MultiplyAdd(f, L.Create(Log10E), L.Negate(part))); // the constant lacks that
        low = L.MultiplyAdd(e, L.Create(1.7336659603752853e-12), L.Add(low, L.Add(L.Subtract(large, sum), part)));
        return Special(L.Add(sum, L.MultiplyAdd(rest, L.Create(Log10E), low)), x);
    }

    /// <summary>log(1 + f) - f, x = 2^e (1 + f).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogRest(V x, out V e, out V f)
    {
        f = L.Subtract(MantissaOf(x, out e), L.Create(1));
        var s = L.Divide(f, L.Add(f, L.Create(2)));
        var z = L.Multiply(s, s);
        var square = L.Multiply(L.Multiply(f, f), L.Create(0.5));
        return L.MultiplyAdd(s, L.MultiplyAdd(LogSeries(z), z, square), L.Negate(square));
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

    /// <summary>
    /// log(1 + w) of w = z + z^2 / (1 + sqrt(z^2 + 1)), z = |x|, as a sum: nothing cancels. Beyond 2^30 log(2z): there the square could overflow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AsinhExact(V x)
    {
        V z = L.Abs(x), square = L.Multiply(z, z), one = L.Create(1);
        var more = L.Divide(square, L.Add(one, L.Sqrt(L.Add(square, one))));
        V w = L.Add(z, more), sum = L.Add(w, one);
        var low = L.Add(L.Subtract(w, L.Subtract(sum, one)), L.Add(L.Subtract(z, w), more));
        var large = L.LessThan(L.Create(1 << 30), z);
        var result = LogOfSum(L.Select(large, z, sum), L.Select(large, L.Create(0), low), L.And(large, one));
        return L.Or(L.Select(L.Equal(sum, one), z, result), L.And(x, L.Create(-0.0)));
    }

    /// <summary>log(1 + w) / 2 of w = 2z / (1 - z), z = |x|, as a sum.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V AtanhExact(V x)
    {
        V z = L.Abs(x), one = L.Create(1), twice = L.Add(z, z), less = L.Subtract(one, z), lessLow = L.Subtract(L.Subtract(one, less), z);
        var inverse = L.Divide(one, less);
        V w = L.Multiply(twice, inverse), minus = L.Negate(w), sum = L.Add(w, one);
        var low = L.Multiply(inverse, L.MultiplyAdd(minus, lessLow, L.MultiplyAdd(minus, less, twice)));
        var result = LogOfSum(sum, L.Add(L.Subtract(w, L.Subtract(sum, one)), low), L.Create(0));
        result = L.Multiply(L.Select(L.Equal(sum, one), w, result), L.Create(0.5));
        return L.Or(result, L.And(x, L.Create(-0.0)));
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
