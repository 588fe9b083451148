using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// Powers of magnitudes. Some are NaN here though they should not be: 0, 1 and infinity to powers that make 0 times infinity of the product, NaN to the
/// power 0, and of float64 all powers of 0, of infinities and by them. Those lanes are the caller's.
/// </content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>|a|^b = 2^(b log2 |a|) of float32 numbers, to 34 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PowerSingle(V a, V b)
    {
        var magnitude = L.Abs(a);
        var m = MantissaOf(magnitude, out var e);
        var s = L.Divide(L.Subtract(m, L.Create(1)), L.Add(m, L.Create(1)));
        var z = L.Multiply(s, s);

        // log2((1 + s) / (1 - s)) / s of s^2
        var p = L.MultiplyAdd(L.Create(0.29089126513832314), z, L.Create(0.31927947211872176));
        p = L.MultiplyAdd(p, z, L.Create(0.41222635297053173));
        p = L.MultiplyAdd(p, z, L.Create(0.5770777532486222));
        p = L.MultiplyAdd(p, z, L.Create(0.961796694836036));
        p = L.MultiplyAdd(p, z, L.Create(2.885390081777417));
        var t = L.Multiply(b, Special(L.MultiplyAdd(p, s, e), magnitude));

        t = L.MaxNative(L.Create(-200), L.MinNative(L.Create(200), t)); // beyond overflow and underflow; NaN passes
        var n = L.Round(t);
        var f = L.Subtract(t, n);

        // (2^f - 1) / f
        p = L.MultiplyAdd(L.Create(1.5314925406135686e-05), f, L.Create(0.00015467111162337585));
        p = L.MultiplyAdd(p, f, L.Create(0.0013333430860545256));
        p = L.MultiplyAdd(p, f, L.Create(0.009618036908498216));
        p = L.MultiplyAdd(p, f, L.Create(0.05550410962526531));
        p = L.MultiplyAdd(p, f, L.Create(0.24022651075865456));
        p = L.MultiplyAdd(p, f, L.Create(0.6931471805416434));
        return ScaleNormal(L.MultiplyAdd(p, f, L.Create(1)), n);
    }

    /// <summary>
    /// |a|^b = e^(b log |a|) of float64 numbers, where multiplication with addition is fused. The product needs eleven bits more than the result has:
    /// the logarithm comes as a sum, and what the product rounds off goes into the last sum of the exponential.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V PowerExact(V a, V b)
    {
        var log = LogTwice(L.Abs(a), out var rest);
        var t = L.Multiply(b, log);
        var low = L.MultiplyAdd(b, rest, L.MultiplyAdd(b, log, L.Negate(t)));

        // Beyond overflow and underflow, where the rest is no rest any more. NaN passes.
        t = L.MaxNative(L.Create(-760), L.MinNative(L.Create(760), t));
        low = L.MaxNative(L.Create(-0.0009765625), L.MinNative(L.Create(0.0009765625), low));
        var n = L.Round(L.Multiply(t, L.Create(1.4426950408889634)));
        var high = L.MultiplyAdd(n, L.Create(-Ln2High), t);
        low = L.MultiplyAdd(n, L.Create(-Ln2Low), low);
        var r = L.Add(high, low);
        V square = L.Multiply(r, r), fourth = L.Multiply(square, square);

        // (e^r - 1 - r) / r^2
        var p = L.MultiplyAdd(L.Create(2.0914686968086876e-09), square, Line(2.5105217004720745e-08, 2.75572736431103e-07, r));
        p = L.MultiplyAdd(p, fourth, L.MultiplyAdd(Line(2.7557255400206422e-06, 2.4801587325547743e-05, r), square, Line(0.00019841269874820627, 0.0013888888888883748, r)));
        p = L.MultiplyAdd(p, fourth, L.MultiplyAdd(Line(0.008333333333326136, 0.04166666666666667, r), square, Line(0.1666666666666667, 0.5, r)));
        low = L.MultiplyAdd(square, p, low);
        var sum = L.Add(L.Create(1), high);
        return Scale(L.Add(sum, L.Add(low, L.Add(L.Subtract(L.Create(1), sum), high))), n);
    }

    /// <summary>
    /// log(x) as a sum, to about 66 bits: e ln 2 + 2 s + s^3 (2/3 + s^2 q), s = (m - 1) / (m + 1), x = 2^e m. All but q carry what they round off.
    /// NaN of 0, infinity and NaN.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogTwice(V x, out V rest)
    {
        V one = L.Create(1), m = MantissaOf(x, out var e);
        if (!L.HasParts) // with parts e is infinite or NaN, and the rest NaN
            m = L.Select(L.And(L.LessThan(L.Create(0), x), L.LessThan(x, L.Create(double.PositiveInfinity))), m, L.Create(double.NaN));
        V f = L.Subtract(m, one), d = L.Add(m, one), dLow = L.Subtract(m, L.Subtract(d, one));
        var inverse = L.Divide(one, d);
        V s = L.Multiply(f, inverse), minus = L.Negate(s);
        var sLow = L.Multiply(inverse, L.MultiplyAdd(minus, dLow, L.MultiplyAdd(minus, d, f)));
        V z = L.Multiply(s, s), twice = L.Add(s, s);
        var zLow = L.MultiplyAdd(twice, sLow, L.MultiplyAdd(s, s, L.Negate(z)));

        // ((2 artanh(s) - 2 s) / s^3 - 2/3) / s^2 of s^2
        var square = L.Multiply(z, z);
        var q = L.MultiplyAdd(Line(0.12576836955958431, 0.11591480139392388, z), square, Line(0.1334120304395858, 0.15384404587324058, z));
        var q0 = L.MultiplyAdd(Line(0.1818182156705965, 0.22222222190792865, z), square, Line(0.2857142857157987, 0.3999999999999972, z));
        q = L.MultiplyAdd(q, L.Multiply(square, square), q0);

        var c = L.MultiplyAdd(q, z, L.Create(TwoThirds));
        var cLow = L.Add(L.MultiplyAdd(q, z, L.Subtract(L.Create(TwoThirds), c)), L.Create(3.700743415417188e-17));
        var u = L.Multiply(z, c);
        var uLow = L.MultiplyAdd(zLow, c, L.MultiplyAdd(z, cLow, L.MultiplyAdd(z, c, L.Negate(u))));
        var v = L.Multiply(s, u);
        var vLow = L.MultiplyAdd(sLow, u, L.MultiplyAdd(s, uLow, L.MultiplyAdd(s, u, L.Negate(v))));

        V large = L.Multiply(e, L.Create(Ln2High)), first = L.Add(large, twice), result = L.Add(first, v);
        V firstLow = L.Add(L.Subtract(large, first), twice), resultLow = L.Add(L.Subtract(first, result), v);
        rest = L.Add(L.MultiplyAdd(e, L.Create(Ln2Low), L.Add(sLow, L.Add(sLow, vLow))), L.Add(firstLow, resultLow));
        return result;
    }

    private const double TwoThirds = 0.6666666666666666;

    /// <summary>slope x + start. Polynomials of pairs of terms take two multiplications more, but fewer steps, and here each step is waited for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Line(double slope, double start, V x) => L.MultiplyAdd(L.Create(slope), x, L.Create(start));
}
