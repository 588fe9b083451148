using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// Elementary functions of float64 vectors; <see cref="SimdMath{V, L}"/> has those of float32, in the same formulas with fewer terms.
/// Largest differences from the scalar functions, in units in the last place, as the tests hold them: exp, exp2 and log 1.6, sin and cos 2,
/// expm1 2.6, sigmoid 3, tanh 4, erf 10, of which nine are the scalar function's.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="L">Its operations.</typeparam>
internal static partial class SimdMath64<V, L> where V : struct where L : struct, ISimd<V, double>
{
    private const double Ln2High = 0.6931471805582987;     // 38 bits: its products with exponents are exact
    private const double Ln2Low = 1.6465949582897082e-12;

    /// <summary>2^52 + 2^51: added to a whole number, it leaves the number in the low bits.</summary>
    private const double Magic = 6755399441055744;

    /// <summary>Beyond this the parts of pi/2 lose digits: operators then go to the scalar function, lane by lane.</summary>
    public const double LargestAngle = 100_000;

    /// <summary>e^x: 2^n e^r with |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x) => ExpBounded(L.MinNative(L.Create(710), x)); // NaN passes: see MinNative

    /// <summary>2^x: 2^n e^r with r = (x - n) ln 2, in which x - n is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp2(V x)
    {
        x = L.MaxNative(L.Create(-1076), L.MinNative(L.Create(1025), x)); // beyond overflow and underflow; NaN passes
        var n = L.Round(x);
        return Scale(ExpReduced(L.Multiply(L.Subtract(x, n), L.Create(0.6931471805599453))), n);
    }

    /// <summary>e^x - 1; see <see cref="SimdMath{V, L}.Expm1"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1(V x)
    {
        var sign = L.And(x, L.Create(-0.0));
        x = L.MaxNative(L.Create(-40), L.MinNative(L.Create(710), x)); // below -37.5 the result is -1; NaN passes
        var n = L.Round(L.Multiply(x, L.Create(1.4426950408889634)));
        var half = L.HasScale ? L.Scale(L.Create(0.5), n) : Power(L.Subtract(n, L.Create(1)));
        var result = L.MultiplyAdd(ExpRest(WithoutPower(x, n)), half, L.Subtract(half, L.Create(0.5)));
        return L.Or(L.Add(result, result), sign);
    }

    /// <summary>e^x for x of at most 710. The bounds lie beyond overflow and underflow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpBounded(V x)
    {
        x = L.MaxNative(L.Create(-746), x);
        var n = L.Round(L.Multiply(x, L.Create(1.4426950408889634)));
        return Scale(ExpReduced(WithoutPower(x, n)), n);
    }

    /// <summary>e^x for x between -700 and 700.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpModerate(V x)
    {
        var n = L.Round(L.Multiply(x, L.Create(1.4426950408889634)));
        return ScaleNormal(ExpReduced(WithoutPower(x, n)), n);
    }

    /// <summary>log(x) = e ln 2 + log(1 + f), with 1 + f from 0.75 to 1.5 or between sqrt(1/2) and sqrt(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x)
    {
        var m = MantissaOf(x, out var e);
        return Special(LogOfParts(L.Subtract(m, L.Create(1)), e, L.Create(0)), x);
    }

    /// <summary>x = m 2^e, m from 0.75 to 1.5 or between sqrt(1/2) and sqrt(2), of positive finite numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MantissaOf(V x, out V e)
    {
        if (!L.HasParts)
            return MantissaByBits(x, out e);
        var m = L.Mantissa(x);
        e = L.Subtract(L.Exponent(x), L.Exponent(m)); // the exponent of m is -1 below 1
        return m;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V MantissaByBits(V x, out V e)
    {
        var subnormal = L.LessThan(x, L.Create(2.2250738585072014e-308));
        var scaled = L.Select(subnormal, L.Multiply(x, L.Create(18014398509481984)), x); // 2^54
        // Subtracting the bits of sqrt(1/2) leaves the exponent of the nearest power of two; 1024 keeps it positive.
        var biased = L.ShiftRight64(L.AddInt64(scaled, L.CreateInt64((1024L << 52) - 0x3FE6A09E667F3BCD)), 52);
        e = L.Subtract(L.Or(biased, L.Create(4503599627370496)), L.Create(4503599627370496 + 1024)); // 2^52 makes a number of the bits
        e = L.Subtract(e, L.And(subnormal, L.Create(54)));
        return L.SubtractInt64(scaled, L.ShiftLeft64(L.SubtractInt64(biased, L.CreateInt64(1024)), 52));
    }

    /// <summary>The logarithm y of x, where no polynomial gives it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Special(V y, V x) => L.HasParts ? L.Replace(y, x, SpecialLogs.Rule) : SpecialByBits(y, x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SpecialByBits(V y, V x)
    {
        y = L.Select(L.Equal(x, L.Create(double.PositiveInfinity)), x, y);
        y = L.Select(L.Equal(x, L.Create(0)), L.Create(double.NegativeInfinity), y);
        return L.Select(L.LessThanOrEqual(L.Create(0), x), y, L.Create(double.NaN));
    }

    /// <summary>e ln 2 + log(1 + f) + rest, f from -0.293 to 0.5, from the series of 2 artanh(f / (2 + f)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfParts(V f, V e, V rest)
    {
        var s = L.Divide(f, L.Add(f, L.Create(2)));
        var z = L.Multiply(s, s);
        var square = L.Multiply(L.Multiply(f, f), L.Create(0.5));
        var low = L.MultiplyAdd(e, L.Create(Ln2Low), L.MultiplyAdd(s, L.MultiplyAdd(LogSeries(z), z, square), rest));
        return L.MultiplyAdd(e, L.Create(Ln2High), L.Subtract(f, L.Subtract(square, low)));
    }

    /// <summary>(2 artanh(s) - 2 s) / s^3 of z = s^2</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogSeries(V z)
    {
        var p = L.MultiplyAdd(L.Create(0.13604015707124079), z, L.Create(0.1321036048513262));
        p = L.MultiplyAdd(p, z, L.Create(0.15388834677801916));
        p = L.MultiplyAdd(p, z, L.Create(0.18181738454723026));
        p = L.MultiplyAdd(p, z, L.Create(0.22222223037807243));
        p = L.MultiplyAdd(p, z, L.Create(0.2857142856733919));
        p = L.MultiplyAdd(p, z, L.Create(0.400000000000078));
        return L.MultiplyAdd(p, z, L.Create(0.6666666666666666));
    }

    /// <summary>Odd polynomial near 0, 1 - 2 / (e^2x + 1) elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x)
    {
        var sign = L.And(x, L.Create(-0.0));
        var z = L.Abs(x);
        var square = L.Multiply(x, x);

        // (tanh(x) - x) / x^3 of x^2, to 0.55
        var p = L.MultiplyAdd(L.Create(-2.060276537636634e-05), square, L.Create(8.511313685577672e-05));
        p = L.MultiplyAdd(p, square, L.Create(-0.0002346347410887237));
        p = L.MultiplyAdd(p, square, L.Create(0.0005889360520074057));
        p = L.MultiplyAdd(p, square, L.Create(-0.001455661830100716));
        p = L.MultiplyAdd(p, square, L.Create(0.003592110378689024));
        p = L.MultiplyAdd(p, square, L.Create(-0.008863234397814355));
        p = L.MultiplyAdd(p, square, L.Create(0.021869488493666944));
        p = L.MultiplyAdd(p, square, L.Create(-0.053968253967434016));
        p = L.MultiplyAdd(p, square, L.Create(0.13333333333332714));
        p = L.MultiplyAdd(p, square, L.Create(-0.3333333333333333));
        var near = L.MultiplyAdd(L.Multiply(square, x), p, x);

        // Beyond 19.1 the result is 1; the bound keeps the exponential finite. NaN passes.
        var e = ExpModerate(L.MinNative(L.Create(40), L.Add(z, z)));
        var far = L.Subtract(L.Create(1), L.Divide(L.Create(2), L.Add(e, L.Create(1))));
        return L.Or(L.Select(L.LessThan(z, L.Create(0.55)), near, far), sign); // near, too: of -0 it would lose the sign
    }

    /// <summary>e^x / (1 + e^x): the error of e^x divides out where it is large, and small results keep their digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        var e = ExpBounded(L.MinNative(L.Create(40), x)); // from 37 the result is 1
        return L.Divide(e, L.Add(e, L.Create(1)));
    }

    /// <summary>Odd polynomial to 1; beyond, 1 - e^(-x^2) w(x) with w a polynomial of (x - 3) / (x + 3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x)
    {
        var sign = L.And(x, L.Create(-0.0));
        var z = L.Abs(x);
        var square = L.Multiply(x, x);

        // erf(x) / x - 1 of x^2, to 1
        var p = L.MultiplyAdd(L.Create(5.957176147748911e-11), square, L.Create(-1.1372848856791674e-09));
        p = L.MultiplyAdd(p, square, L.Create(1.4659775274047436e-08));
        p = L.MultiplyAdd(p, square, L.Create(-1.6350312701054695e-07));
        p = L.MultiplyAdd(p, square, L.Create(1.6461000484121368e-06));
        p = L.MultiplyAdd(p, square, L.Create(-1.4925595266831182e-05));
        p = L.MultiplyAdd(p, square, L.Create(0.0001205533111164271));
        p = L.MultiplyAdd(p, square, L.Create(-0.000854832698083379));
        p = L.MultiplyAdd(p, square, L.Create(0.0052239776248180145));
        p = L.MultiplyAdd(p, square, L.Create(-0.026866170645076792));
        p = L.MultiplyAdd(p, square, L.Create(0.11283791670954879));
        p = L.MultiplyAdd(p, square, L.Create(-0.3761263890318375));
        p = L.MultiplyAdd(p, square, L.Create(0.1283791670955126));
        var near = L.MultiplyAdd(p, x, x);

        // e^(x^2) erfc(x), from 1 to 6, where the result is 1. NaN passes.
        z = L.MinNative(L.Create(6), z);
        var t = L.Divide(L.Subtract(z, L.Create(3)), L.Add(z, L.Create(3)));
        var w = L.MultiplyAdd(L.Create(3.381355142042904e-09), t, L.Create(1.2755818949624478e-06));
        w = L.MultiplyAdd(w, t, L.Create(2.0135111426447427e-06));
        w = L.MultiplyAdd(w, t, L.Create(-8.00978093907608e-06));
        w = L.MultiplyAdd(w, t, L.Create(-1.2845780030775907e-05));
        w = L.MultiplyAdd(w, t, L.Create(6.406279226046039e-05));
        w = L.MultiplyAdd(w, t, L.Create(4.525434558991009e-05));
        w = L.MultiplyAdd(w, t, L.Create(-0.0005970624964924544));
        w = L.MultiplyAdd(w, t, L.Create(0.0007077464666941425));
        w = L.MultiplyAdd(w, t, L.Create(0.004269136356961225));
        w = L.MultiplyAdd(w, t, L.Create(-0.024392499318915004));
        w = L.MultiplyAdd(w, t, L.Create(0.07166583719747308));
        w = L.MultiplyAdd(w, t, L.Create(-0.15011593650077898));
        w = L.MultiplyAdd(w, t, L.Create(0.24560380171233487));
        w = L.MultiplyAdd(w, t, L.Create(-0.3262335600430372));
        w = L.MultiplyAdd(w, t, L.Create(0.17900115118138996));
        var far = L.Subtract(L.Create(1), L.Multiply(ExpModerate(L.Negate(L.Multiply(z, z))), w));
        return L.Select(L.LessThan(z, L.Create(1)), near, L.Or(far, sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin(V x) => L.Select(L.Equal(x, L.Create(0)), x, SinCos(x, 0)); // -0 keeps its sign

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos(V x) => SinCos(x, 1);

    /// <summary>sin(x + turns * pi/2), |x| at most <see cref="LargestAngle"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCos(V x, int turns)
    {
        var rounded = L.MultiplyAdd(x, L.Create(0.6366197723675814), L.Create(Magic));
        var n = L.Subtract(rounded, L.Create(Magic));
        // pi/2 in parts of 33 bits, whose products with n are exact with and without fused multiplication.
        var r = L.MultiplyAdd(n, L.Create(-1.5707963267341256), x);
        r = L.MultiplyAdd(n, L.Create(-6.077100506303966e-11), r);
        r = L.MultiplyAdd(n, L.Create(-2.0222662487111665e-21), r);
        r = L.MultiplyAdd(n, L.Create(-8.4784276603689e-32), r);
        var square = L.Multiply(r, r);

        // (sin(r) - r) / r^3 of r^2
        var s = L.MultiplyAdd(L.Create(-7.586576588171073e-13), square, L.Create(1.6058529572267877e-10));
        s = L.MultiplyAdd(s, square, L.Create(-2.5052106219521895e-08));
        s = L.MultiplyAdd(s, square, L.Create(2.755731921930192e-06));
        s = L.MultiplyAdd(s, square, L.Create(-0.00019841269841265017));
        s = L.MultiplyAdd(s, square, L.Create(0.008333333333333331));
        s = L.MultiplyAdd(s, square, L.Create(-0.16666666666666666));
        s = L.MultiplyAdd(L.Multiply(s, square), r, r);

        // (cos(r) - 1 + r^2/2) / r^4 of r^2
        var c = L.MultiplyAdd(L.Create(4.745804889760674e-14), square, L.Create(-1.1470459749675607e-11));
        c = L.MultiplyAdd(c, square, L.Create(2.087675578389404e-09));
        c = L.MultiplyAdd(c, square, L.Create(-2.7557319221382114e-07));
        c = L.MultiplyAdd(c, square, L.Create(2.4801587301584618e-05));
        c = L.MultiplyAdd(c, square, L.Create(-0.0013888888888888887));
        c = L.MultiplyAdd(c, square, L.Create(0.041666666666666664));
        c = L.MultiplyAdd(L.Multiply(c, square), square, L.MultiplyAdd(square, L.Create(-0.5), L.Create(1)));

        var quadrant = L.AddInt64(rounded, L.CreateInt64(turns));
        var odd = L.LessThan(L.Or(L.ShiftLeft64(quadrant, 63), L.Create(1)), L.Create(0));
        var sign = L.And(L.ShiftLeft64(quadrant, 62), L.Create(-0.0));
        return L.Xor(L.Select(odd, c, s), sign);
    }

    /// <summary>x - n ln 2</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithoutPower(V x, V n) => L.MultiplyAdd(n, L.Create(-Ln2Low), L.MultiplyAdd(n, L.Create(-Ln2High), x));

    /// <summary>e^r, |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpReduced(V r) => L.Add(ExpRest(r), L.Create(1));

    /// <summary>e^r - 1 = r + r^2 P(r)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpRest(V r)
    {
        var p = L.MultiplyAdd(L.Create(2.0914686968086876e-09), r, L.Create(2.5105217004720745e-08));
        p = L.MultiplyAdd(p, r, L.Create(2.75572736431103e-07));
        p = L.MultiplyAdd(p, r, L.Create(2.7557255400206422e-06));
        p = L.MultiplyAdd(p, r, L.Create(2.4801587325547743e-05));
        p = L.MultiplyAdd(p, r, L.Create(0.00019841269874820627));
        p = L.MultiplyAdd(p, r, L.Create(0.0013888888888883748));
        p = L.MultiplyAdd(p, r, L.Create(0.008333333333326136));
        p = L.MultiplyAdd(p, r, L.Create(0.04166666666666667));
        p = L.MultiplyAdd(p, r, L.Create(0.1666666666666667));
        p = L.MultiplyAdd(p, r, L.Create(0.5));
        return L.MultiplyAdd(L.Multiply(r, r), p, r);
    }

    /// <summary>x 2^n; in two halves, so that the result may be subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scale(V x, V n)
    {
        if (L.HasScale)
            return L.Scale(x, n);
        var half = L.Round(L.Multiply(n, L.Create(0.5)));
        return L.Multiply(L.Multiply(x, Power(half)), Power(L.Subtract(n, half)));
    }

    /// <summary>x 2^n, n from -1022 to 1023.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaleNormal(V x, V n) => L.HasScale ? L.Scale(x, n) : L.Multiply(x, Power(n));

    /// <summary>2^n, n from -1022 to 1023: what the shift leaves of n + 1023 is the exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power(V n) => L.ShiftLeft64(L.AddInt64(L.Add(n, L.Create(Magic)), L.CreateInt64(1023)), 52);
}
