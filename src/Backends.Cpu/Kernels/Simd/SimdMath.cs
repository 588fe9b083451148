using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Nabla;

/// <summary>
/// Elementary functions of float32 vectors. Coefficients are interpolations at Chebyshev nodes of the functions named beside them.
/// Largest errors, in units in the last place, as the tests hold them: exp, exp2 and log 1.1, expm1 2 in elu, tanh 2.5 and erf 3, or 1 and 2.3 by table, sigmoid 2.5, sin and cos 2,
/// softplus 1.8, gelu 3 of positive numbers, 7 down to -5.5, 11 beyond.
/// </summary>
/// <typeparam name="V">The vector.</typeparam>
/// <typeparam name="L">Its operations.</typeparam>
internal static unsafe partial class SimdMath<V, L> where V : struct where L : struct, ISimd<V, float>
{
    private const float Ln2High = 0.693359375f;           // 9 bits: its products with exponents are exact
    private const float Ln2Low = -2.12194440054690583e-4f;

    /// <summary>e^x: 2^n e^r with |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp(V x)
    {
        // The bounds lie beyond overflow and underflow: there the power gives infinity or zero by itself. NaN passes: see MinNative.
        x = L.MaxNative(L.Create(-104.5f), L.MinNative(L.Create(89f), x));
        var n = L.Round(L.Multiply(x, L.Create(1.44269504f)));
        return Scale(ExpReduced(WithoutPower(x, n)), n);
    }

    /// <summary>2^x: 2^n e^r with r = (x - n) ln 2, in which x - n is exact.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Exp2(V x)
    {
        x = L.MaxNative(L.Create(-151f), L.MinNative(L.Create(129f), x)); // beyond overflow and underflow; NaN passes
        var n = L.Round(x);
        return Scale(ExpReduced(L.Multiply(L.Subtract(x, n), L.Create(0.6931472f))), n);
    }

    /// <summary>
    /// e^x - 1 = 2^n (e^r - 1) + (2^n - 1), in which nothing cancels. Both parts at half their size, since the power before the largest results would overflow.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Expm1(V x)
    {
        var sign = L.And(x, L.Create(-0f));
        x = L.MaxNative(L.Create(-20f), L.MinNative(L.Create(89f), x)); // below -17.4 the result is -1; NaN passes
        var n = L.Round(L.Multiply(x, L.Create(1.44269504f)));
        var r = WithoutPower(x, n);
        var rest = L.MultiplyAdd(L.Multiply(ExpSeries(r), r), r, r);
        var half = L.HasScale ? L.Scale(L.Create(0.5f), n) : Power(L.SubtractInt32(L.ToInt32(n), L.CreateInt32(1)));
        var result = L.MultiplyAdd(rest, half, L.Subtract(half, L.Create(0.5f)));
        return L.Or(L.Add(result, result), sign); // -0 has lost its sign
    }

    /// <summary>e^x for x of at most 88; below -87 it stays what it is there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpModerate(V x)
    {
        x = L.MaxNative(L.Create(-87f), x);
        var n = L.Round(L.Multiply(x, L.Create(1.44269504f)));
        return ScaleNormal(ExpReduced(WithoutPower(x, n)), n);
    }

    /// <summary>log(x) = e ln 2 + log(1 + r), with 1 + r from 0.75 to 1.5 or between sqrt(1/2) and sqrt(2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Log(V x) => L.HasParts ? LogByParts(x) : LogByBits(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogByParts(V x)
    {
        var m = L.Mantissa(x);
        var e = L.Subtract(L.Exponent(x), L.Exponent(m)); // the exponent of m is -1 below 1
        return L.Replace(LogOfParts(L.Subtract(m, L.Create(1f)), e), x, SpecialLogs.Rule);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogByBits(V x)
    {
        var subnormal = L.LessThan(x, L.Create(1.17549435e-38f));
        var scaled = L.Select(subnormal, L.Multiply(x, L.Create(8388608f)), x);
        // Subtracting the bits of sqrt(1/2) leaves the exponent of the nearest power of two.
        var shifted = L.SubtractInt32(scaled, L.CreateInt32(0x3F3504F3));
        var exponent = L.ShiftRight32(shifted, 23);
        var m = L.SubtractInt32(scaled, L.ShiftLeft32(exponent, 23));
        var e = L.Subtract(L.FromInt32(exponent), L.And(subnormal, L.Create(23f)));
        var result = LogOfParts(L.Subtract(m, L.Create(1f)), e);

        var infinite = L.Equal(x, L.Create(float.PositiveInfinity));
        result = L.Select(infinite, x, result);
        result = L.Select(L.Equal(x, L.Create(0f)), L.Create(float.NegativeInfinity), result);
        return L.Select(L.LessThanOrEqual(L.Create(0f), x), result, L.Create(float.NaN));
    }

    /// <summary>e ln 2 + log(1 + r), r from -0.293 to 0.5. The terms are added in pairs, as a tree: a chain of them is longer than what a processor looks ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LogOfParts(V r, V e)
    {
        // (log(1 + r) - r + r^2/2) / r^3
        var square = L.Multiply(r, r);
        var low = L.MultiplyAdd(
            L.MultiplyAdd(L.Create(-0.16607672f), r, L.Create(0.19991338f)), square, L.MultiplyAdd(L.Create(-0.25001094f), r, L.Create(0.3333347f)));
        var high = L.MultiplyAdd(
            L.MultiplyAdd(L.Create(-0.055681024f), r, L.Create(0.116903715f)), square, L.MultiplyAdd(L.Create(-0.13479708f), r, L.Create(0.14389785f)));
        var p = L.MultiplyAdd(high, L.Multiply(square, square), low);

        var log = L.MultiplyAdd(L.MultiplyAdd(p, r, L.Create(-0.5f)), square, r);
        return L.MultiplyAdd(e, L.Create(Ln2High), L.MultiplyAdd(e, L.Create(Ln2Low), log));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh(V x) => L.HasLookup ? OddByTable<TanhTable>(x) : TanhByQuotient(x);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf(V x) => L.HasLookup ? OddByTable<ErfTable>(x) : ErfByPowers(x);

    /// <summary>See <see cref="IOddTable"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V OddByTable<TTable>(V x) where TTable : IOddTable
    {
        var numbers = TTable.Numbers;
        var z = L.MinNative(L.Create(TTable.End), L.Abs(x)); // NaN passes
        var place = L.ShiftRight32(L.MaxNative(L.Create(IOddTable.First), z), 21);
        var t = L.Subtract(z, Entry(numbers, 0, place));
        var p = L.MultiplyAdd(Entry(numbers, 6, place), t, Entry(numbers, 5, place));
        p = L.MultiplyAdd(p, t, Entry(numbers, 4, place));
        p = L.MultiplyAdd(p, t, Entry(numbers, 3, place));
        p = L.MultiplyAdd(p, t, Entry(numbers, 2, place));
        p = L.MultiplyAdd(p, t, Entry(numbers, 1, place));
        return L.Or(p, L.And(x, L.Create(-0f)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Entry(float* numbers, int block, V place) =>
        L.Lookup(Vector512.Load(numbers + (IOddTable.Block * block)), Vector512.Load(numbers + (IOddTable.Block * block) + Vector512<float>.Count), place);

    /// <summary>Odd polynomial near 0, 1 - 2 / (e^2x + 1) elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V TanhByQuotient(V x)
    {
        var sign = L.And(x, L.Create(-0f));
        var z = L.Abs(x);
        var square = L.Multiply(x, x);

        // (tanh(x) - x) / x^3 of x^2, to 0.55
        var p = L.MultiplyAdd(L.Create(0.002526390756465044f), square, L.Create(-0.008526333091780592f));
        p = L.MultiplyAdd(p, square, L.Create(0.021818449137534154f));
        p = L.MultiplyAdd(p, square, L.Create(-0.05396470044613772f));
        p = L.MultiplyAdd(p, square, L.Create(0.13333324200011373f));
        p = L.MultiplyAdd(p, square, L.Create(-0.3333333329502593f));
        var near = L.MultiplyAdd(L.Multiply(square, x), p, x);

        // Beyond 9.1 the result is 1 in float32; the bound keeps the exponential finite. NaN passes.
        var e = ExpModerate(L.MinNative(L.Create(18.2f), L.Add(z, z)));
        var far = L.Subtract(L.Create(1f), L.Divide(L.Create(2f), L.Add(e, L.Create(1f))));
        return L.Or(L.Select(L.LessThan(z, L.Create(0.55f)), near, far), sign); // near, too: of -0 it would lose the sign
    }

    /// <summary>e^x / (1 + e^x): small results keep their digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sigmoid(V x)
    {
        // From 17.4 the result is 1, and below -104 it is 0. NaN passes.
        x = L.MaxNative(L.Create(-105f), L.MinNative(L.Create(20f), x));
        return L.HasLookup ? SigmoidByTable(x) : SigmoidByQuotient(x);
    }

    /// <summary>With k e^x = k 2^n e^r, n in sixteenths; the factor k of the table divides out.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SigmoidByTable(V x)
    {
        var rounded = L.MultiplyAdd(x, L.Create(1.44269504f), L.Create(PowerTables.Sixteenths));
        var n = L.Subtract(rounded, L.Create(PowerTables.Sixteenths));
        var r = WithoutPower(x, n);
        var power = L.Scale(L.Lookup(PowerTables.Accurate, rounded), n);

        // (e^r - 1) / r
        var p = L.MultiplyAdd(L.Create(0.16666667f), r, L.Create(0.50001955f));
        p = L.MultiplyAdd(p, r, L.Create(1f));
        var e = L.MultiplyAdd(L.Multiply(power, r), p, power);
        return L.Divide(e, L.Add(e, L.Create(PowerTables.AccurateFactor)));
    }

    /// <summary>
    /// With e^x = 2^n (b + r) / (b - r), b = r / tanh(r / 2): both quotients are one, and b is even, which halves its terms. The error of e^x
    /// divides out where it is large.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SigmoidByQuotient(V x)
    {
        var n = L.Round(L.Multiply(x, L.Create(1.44269504f)));
        var r = WithoutPower(x, n);
        var square = L.Multiply(r, r);

        // r / tanh(r / 2) of r^2; the sum and the difference go to other units than the products
        var b = L.MultiplyAdd(L.Create(-0.0027698442696187787f), square, L.Create(0.16666654744085901f));
        b = L.MultiplyAdd(b, square, L.Create(2f));
        var part = Scale(L.Add(b, r), n);
        return L.Divide(part, L.Add(L.Subtract(b, r), part));
    }

    /// <summary>Odd polynomial to 1; beyond, 1 - e^q(|x|) with q the logarithm of the complement.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ErfByPowers(V x)
    {
        var sign = L.And(x, L.Create(-0f));
        var z = L.Abs(x);
        var square = L.Multiply(x, x);

        // erf(x) / x - 1 of x^2, to 1
        var p = L.MultiplyAdd(L.Create(-9.66704441309542e-06f), square, L.Create(0.00011265958948926532f));
        p = L.MultiplyAdd(p, square, L.Create(-0.0008484080392046579f));
        p = L.MultiplyAdd(p, square, L.Create(0.005221031806742166f));
        p = L.MultiplyAdd(p, square, L.Create(-0.026865430727217966f));
        p = L.MultiplyAdd(p, square, L.Create(0.11283782495228631f));
        p = L.MultiplyAdd(p, square, L.Create(-0.3761263846802822f));
        p = L.MultiplyAdd(p, square, L.Create(0.12837916706154345f));
        var near = L.MultiplyAdd(p, x, x);

        // log(erfc(t + 2.4)), from 1 to 4, where the result is 1. NaN passes.
        var t = L.Subtract(L.MinNative(L.Create(4f), z), L.Create(2.4f));
        var q = L.MultiplyAdd(L.Create(1.637151416518911e-06f), t, L.Create(-1.4624735528885205e-05f));
        q = L.MultiplyAdd(q, t, L.Create(8.707028861994255e-05f));
        q = L.MultiplyAdd(q, t, L.Create(-0.0004693851827366218f));
        q = L.MultiplyAdd(q, t, L.Create(0.002387436002930392f));
        q = L.MultiplyAdd(q, t, L.Create(-0.011768268661794654f));
        q = L.MultiplyAdd(q, t, L.Create(-0.9405019029005431f));
        q = L.MultiplyAdd(q, t, L.Create(-5.164236565759099f));
        q = L.MultiplyAdd(q, t, L.Create(-7.280975062989059f));
        var far = L.Subtract(L.Create(1f), ExpModerate(q));
        return L.Select(L.LessThan(z, L.Create(1f)), near, L.Or(far, sign));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Sin(V x) => L.Select(L.Equal(x, L.Create(0f)), x, SinCos(x, 0)); // -0 keeps its sign

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Cos(V x) => SinCos(x, 1);

    /// <summary>sin(x + turns * pi/2), |x| at most <see cref="LargestAngle"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SinCos(V x, int turns)
    {
        // 1.5 * 2^23: added to a whole number, it leaves the number in the low bits.
        var rounded = L.MultiplyAdd(x, L.Create(0.636619772f), L.Create(12582912f));
        var n = L.Subtract(rounded, L.Create(12582912f));
        // pi/2 in parts of 11 bits, whose products with n are exact with and without fused multiplication.
        var r = L.MultiplyAdd(n, L.Create(-1.5703125f), x);
        r = L.MultiplyAdd(n, L.Create(-0.0004837512969970703f), r);
        r = L.MultiplyAdd(n, L.Create(-7.549533620476723e-08f), r);
        r = L.MultiplyAdd(n, L.Create(-2.563344151594519e-12f), r);
        var square = L.Multiply(r, r);

        // (sin(r) - r) / r^3 of r^2
        var s = L.MultiplyAdd(L.Create(2.724931483984122e-06f), square, L.Create(-0.00019840082022622215f));
        s = L.MultiplyAdd(s, square, L.Create(0.00833333186599667f));
        s = L.MultiplyAdd(s, square, L.Create(-0.16666666663833152f));
        s = L.MultiplyAdd(L.Multiply(s, square), r, r);

        // (cos(r) - 1 + r^2/2) / r^4 of r^2
        var c = L.MultiplyAdd(L.Create(-2.7300347326463164e-07f), square, L.Create(2.480059519484053e-05f));
        c = L.MultiplyAdd(c, square, L.Create(-0.0013888887660062162f));
        c = L.MultiplyAdd(c, square, L.Create(0.04166666666425142f));
        c = L.MultiplyAdd(L.Multiply(c, square), square, L.MultiplyAdd(square, L.Create(-0.5f), L.Create(1f)));

        var quadrant = L.AddInt32(rounded, L.CreateInt32(turns));
        var odd = L.ShiftRight32(L.ShiftLeft32(quadrant, 31), 31);
        var sign = L.And(L.ShiftLeft32(quadrant, 30), L.Create(-0f));
        return L.Xor(L.Select(odd, c, s), sign);
    }

    /// <summary>Beyond this the parts of pi/2 lose digits: operators then go to the scalar function, lane by lane.</summary>
    public const float LargestAngle = 12_000f;

    /// <summary>e^r = 1 + r + r^2 P(r), |r| at most ln(2)/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpReduced(V r) => L.MultiplyAdd(L.MultiplyAdd(ExpSeries(r), r, L.Create(1f)), r, L.Create(1f));

    /// <summary>P(r) = (e^r - 1 - r) / r^2</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ExpSeries(V r)
    {
        var p = L.MultiplyAdd(L.Create(0.001381463879719185f), r, L.Create(0.008368711092634488f));
        p = L.MultiplyAdd(p, r, L.Create(0.041668387035689494f));
        p = L.MultiplyAdd(p, r, L.Create(0.16666520681051228f));
        return L.MultiplyAdd(p, r, L.Create(0.4999999345250427f));
    }

    /// <summary>x - n ln 2</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V WithoutPower(V x, V n) => L.MultiplyAdd(n, L.Create(-Ln2Low), L.MultiplyAdd(n, L.Create(-Ln2High), x));

    /// <summary>x 2^n, n whole; in two halves, so that the result may be subnormal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Scale(V x, V n)
    {
        if (L.HasScale)
            return L.Scale(x, n);
        V whole = L.ToInt32(n), half = L.ShiftRight32(whole, 1);
        return L.Multiply(L.Multiply(x, Power(half)), Power(L.SubtractInt32(whole, half)));
    }

    /// <summary>x 2^n, n from -126 to 127.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V ScaleNormal(V x, V n) => L.HasScale ? L.Scale(x, n) : L.Multiply(x, Power(L.ToInt32(n)));

    /// <summary>2^n, n from -126 to 127, of int32 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Power(V n) => L.ShiftLeft32(L.AddInt32(n, L.CreateInt32(127)), 23);
}
