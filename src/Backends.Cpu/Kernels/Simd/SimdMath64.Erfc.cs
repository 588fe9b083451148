using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>The complement of erf with float64's digits; the form for float32 is in another file.</content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>
    /// Beyond 1/2 e^(-z^2) g / (z + 2), z = |x|, with g = (z + 2) e^(z^2) erfc(z) a polynomial of (z - 2) / (z + 2), which varies little; of negative x the
    /// complement to 2. Up to 1/2 by the polynomial of erf.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ErfcExact(V x)
    {
        V magnitude = L.Abs(x), z = L.MinNative(L.Create(28), magnitude), one = L.Create(1), two = L.Create(2); // there the result is 0; NaN passes
        V d = L.Add(z, two), inverse = L.Divide(one, d), t = L.MultiplyAdd(inverse, L.Create(-4), one);
        var minus = L.Negate(inverse);
        var rest = L.MultiplyAdd(minus, L.Subtract(z, L.Subtract(d, two)), L.MultiplyAdd(minus, d, one)); // what the quotient lacks, as a part of it
        var shift = L.MultiplyAdd(L.Multiply(inverse, L.Create(-4)), rest, L.MultiplyAdd(inverse, L.Create(-4), L.Subtract(one, t))); // and t
        rest = L.MultiplyAdd(shift, L.Create(-0.63), rest); // the logarithm of g falls by 0.53 to 0.69 of that
        var square = L.Multiply(t, t);

        // Even and odd terms: two chains, of which neither is waited for as long.
        var even = L.MultiplyAdd(L.Create(3.1985840125513416e-08), square, L.Create(7.149368945197823e-09));
        even = L.MultiplyAdd(even, square, L.Create(-5.6698453711018e-07));
        even = L.MultiplyAdd(even, square, L.Create(1.995454689645086e-06));
        even = L.MultiplyAdd(even, square, L.Create(-1.122359340819485e-06));
        even = L.MultiplyAdd(even, square, L.Create(-2.169709404718716e-05));
        even = L.MultiplyAdd(even, square, L.Create(0.0001444708887409337));
        even = L.MultiplyAdd(even, square, L.Create(-0.0006630735181801949));
        even = L.MultiplyAdd(even, square, L.Create(0.0030906120598044925));
        even = L.MultiplyAdd(even, square, L.Create(-0.021510661889498288));
        even = L.MultiplyAdd(even, square, L.Create(0.2794720925560548));
        var odd = L.MultiplyAdd(L.Create(-3.636946439306916e-08), square, L.Create(1.596303847758486e-07));
        odd = L.MultiplyAdd(odd, square, L.Create(-3.6804861616662644e-07));
        odd = L.MultiplyAdd(odd, square, L.Create(2.4479828683650687e-08));
        odd = L.MultiplyAdd(odd, square, L.Create(3.636512467776384e-06));
        odd = L.MultiplyAdd(odd, square, L.Create(-1.611936396202878e-05));
        odd = L.MultiplyAdd(odd, square, L.Create(3.4148673477505114e-05));
        odd = L.MultiplyAdd(odd, square, L.Create(3.4371457812817916e-05));
        odd = L.MultiplyAdd(odd, square, L.Create(-0.0008372960638391045));
        odd = L.MultiplyAdd(odd, square, L.Create(0.006479185067786585));
        odd = L.MultiplyAdd(odd, square, L.Create(-0.03644223150687972));
        odd = L.MultiplyAdd(odd, square, L.Create(-0.6871606844138106));
        odd = L.MultiplyAdd(even, square, L.Multiply(odd, t));
        V g = L.Add(odd, L.Create(1.021582705242023)), w = L.Multiply(g, inverse);
        var wLow = L.MultiplyAdd(L.Add(L.Subtract(L.Create(1.021582705242023), g), odd), inverse, L.MultiplyAdd(g, inverse, L.Negate(w)));

        // z^2 as a sum: the square of what is left of z without its last 27 bits is exact.
        V high = L.And(z, L.CreateInt64(-1L << 27)), exponent = L.Negate(L.Multiply(high, high));
        var n = L.Round(L.Multiply(exponent, L.Create(1.4426950408889634)));
        V start = L.MultiplyAdd(n, L.Create(-Ln2High), exponent);
        var low = L.MultiplyAdd(n, L.Create(-Ln2Low), L.Multiply(L.Subtract(high, z), L.Add(high, z)));
        var r = L.Add(start, low);
        rest = L.Add(rest, L.Add(L.Subtract(start, r), low));
        rest = L.Add(ExpRest(r), rest);
        var tail = Scale(L.Add(w, L.MultiplyAdd(rest, w, L.MultiplyAdd(rest, wLow, wLow))), n);
        tail = L.Select(L.LessThan(x, L.Create(0)), L.Subtract(two, tail), tail);

        // erf(x) / x - 1 of x^2, to 1/2
        square = L.Multiply(x, x);
        var p = L.MultiplyAdd(L.Create(1.4725211252266738e-06), square, L.Create(-1.4845787890421724e-05));
        p = L.MultiplyAdd(p, square, L.Create(0.00012053332795966865));
        p = L.MultiplyAdd(p, square, L.Create(-0.0008548297707906897));
        p = L.MultiplyAdd(p, square, L.Create(0.0052239773725259965));
        p = L.MultiplyAdd(p, square, L.Create(-0.026866170632859));
        p = L.MultiplyAdd(p, square, L.Create(0.11283791670925271));
        p = L.MultiplyAdd(p, square, L.Create(-0.3761263890318347));
        p = L.MultiplyAdd(p, square, L.Create(0.12837916709551256));
        var near = L.Subtract(one, x);
        near = L.Add(near, L.Subtract(L.Subtract(L.Subtract(one, near), x), L.Multiply(p, x)));
        return L.Select(L.LessThan(magnitude, L.Create(0.5)), near, tail);
    }
}
