using System.Runtime.CompilerServices;

namespace Nabla;

/// <content>
/// The logarithm of the gamma function and its derivative. Of positive numbers each is, to some bound, its zeros as factors of a quotient of
/// polynomials, whose terms all add up, and beyond an asymptotic series; numbers next to 0 are lifted by 1, negative ones reflected. Work that
/// no lane needs is left out. A call of its own: inlined, its size in a loop's unrolled body would be more than the compiler inlines.
/// </content>
internal static partial class SimdMath64<V, L>
{
    /// <summary>The zero of digamma, in two parts.</summary>
    private const double DigammaZero = 1.4616321449683622, DigammaZeroLow = 9.549995429965697e-17;

    /// <summary>
    /// log |gamma(x)|, with z = |x|: log gamma(z) from 0.7 on, log gamma(z + 1) - log(z) below. Of negative x it is -log gamma(z) - log(z s),
    /// s = |sin(pi x)| / pi, and above -0.7 -log gamma(z + 1) - log(s).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Lgamma(V x)
    {
        V z = L.Abs(x), one = L.Create(1), result = default;
        V small = L.LessThan(z, L.Create(0.7)), negative = L.LessThan(x, L.Create(0));
        var y = L.Select(small, L.Add(z, one), z);
        var far = L.LessThan(L.Create(3), y);
        if (L.Bits(L.Not(far)) != 0)
        {
            V less = L.Subtract(z, one), first = L.Select(small, z, less), second = L.Select(small, less, L.Subtract(less, one));
            result = L.MultiplyAdd(L.Multiply(first, second), LgammaNear(y), L.Create(0)); // y - 1 and y - 2, exact; 0 has no sign at the zeros
        }

        if (L.Bits(far) != 0)
            result = L.Select(far, LgammaFar(y), result);
        if (L.Bits(L.Or(small, negative)) == 0)
            return result;

        var factor = L.Select(small, z, one);
        if (L.Bits(negative) == 0)
            return L.Subtract(result, Log(factor));

        var nearest = L.Round(x);
        var sine = L.Multiply(L.Select(small, one, z), SineOverPi(L.Abs(L.Subtract(x, nearest))));
        result = L.Subtract(L.Select(negative, L.Negate(result), result), Log(L.Select(negative, sine, factor)));
        return L.Select(L.And(negative, L.Equal(x, nearest)), L.Create(double.PositiveInfinity), result);
    }

    /// <summary>
    /// With z = |x|: psi(z) from 1 on, psi(z + 1) - 1 / x below. Of negative x it is psi(z) - 1 / x - pi cot(pi x), and above -1
    /// psi(z + 1) - pi cot(pi x).
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    public static V Digamma(V x)
    {
        V z = L.Abs(x), one = L.Create(1), result = default;
        V small = L.LessThan(z, one), negative = L.LessThan(x, L.Create(0));
        var y = L.Select(small, L.Add(z, one), z);
        var far = L.LessThan(L.Create(3.5), y);
        if (L.Bits(L.Not(far)) != 0)
            result = DigammaNear(y);
        if (L.Bits(far) != 0)
            result = L.Select(far, DigammaFar(y), result);
        if (L.Bits(L.Or(small, negative)) == 0)
            return result;

        result = L.Subtract(result, L.And(L.Divide(one, x), L.Xor(small, negative)));
        if (L.Bits(negative) == 0)
            return result;
        var nearest = L.Round(x);
        result = L.Select(negative, L.Subtract(result, PiCotangent(L.Subtract(x, nearest))), result);
        return L.Select(L.And(negative, L.Equal(x, nearest)), L.Create(double.NaN), result);
    }

    /// <summary>log gamma(y) / ((y - 1) (y - 2)), from 0.7 to 3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LgammaNear(V y)
    {
        var p = L.MultiplyAdd(L.Create(0.000591580983952681), y, L.Create(0.4499403057279933));
        p = L.MultiplyAdd(p, y, L.Create(20.15463109467378));
        p = L.MultiplyAdd(p, y, L.Create(252.1798736740225));
        p = L.MultiplyAdd(p, y, L.Create(1196.9822281647064));
        p = L.MultiplyAdd(p, y, L.Create(2407.98352039418));
        p = L.MultiplyAdd(p, y, L.Create(2100.1995903232405));
        p = L.MultiplyAdd(p, y, L.Create(756.8037569808009));
        p = L.MultiplyAdd(p, y, L.Create(95.6282512801404));
        p = L.MultiplyAdd(p, y, L.Create(2.6734310334820033));
        var q = L.MultiplyAdd(L.Create(0.10590099671205959), y, L.Create(7.591841821193925));
        q = L.MultiplyAdd(q, y, L.Create(141.60487442520736));
        q = L.MultiplyAdd(q, y, L.Create(997.6110918992117));
        q = L.MultiplyAdd(q, y, L.Create(3051.642098068583));
        q = L.MultiplyAdd(q, y, L.Create(4247.843544690406));
        q = L.MultiplyAdd(q, y, L.Create(2650.4415613273177));
        q = L.MultiplyAdd(q, y, L.Create(681.0898520787707));
        q = L.MultiplyAdd(q, y, L.Create(59.02899622749671));
        q = L.MultiplyAdd(q, y, L.Create(1.0));
        return L.Divide(p, q);
    }

    /// <summary>Stirling's formula from 3 on, written as a sum of positive numbers: (y - 1/2) (log(y) - 1) + log(2 pi) / 2 - 1/2 + series / y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V LgammaFar(V y)
    {
        V one = L.Create(1), inverse = L.Divide(one, y), square = L.Multiply(inverse, inverse);
        var p = L.MultiplyAdd(L.Create(0.26180852870052634), square, L.Create(-0.2070933006703759));
        p = L.MultiplyAdd(p, square, L.Create(0.08133072111207505));
        p = L.MultiplyAdd(p, square, L.Create(-0.023023388614202698));
        p = L.MultiplyAdd(p, square, L.Create(0.006092364447557875));
        p = L.MultiplyAdd(p, square, L.Create(-0.0019068288114271366));
        p = L.MultiplyAdd(p, square, L.Create(0.000841516377813639));
        p = L.MultiplyAdd(p, square, L.Create(-0.0005952350113118337));
        p = L.MultiplyAdd(p, square, L.Create(0.0007936507724234067));
        p = L.MultiplyAdd(p, square, L.Create(-0.0027777777777198706));
        p = L.MultiplyAdd(p, square, L.Create(0.0833333333333333));
        var rest = L.MultiplyAdd(p, inverse, L.Create(0.41893853320467277));
        return L.MultiplyAdd(L.Subtract(y, L.Create(0.5)), L.Subtract(Log(y), one), rest);
    }

    /// <summary>psi(y) from 1 to 3.5, with the factor that is 0 at its zero.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DigammaNear(V y)
    {
        var p = L.MultiplyAdd(L.Create(72.89326484372506), y, L.Create(106648.90411451654));
        p = L.MultiplyAdd(p, y, L.Create(8377002.256797643));
        p = L.MultiplyAdd(p, y, L.Create(197194108.65791848));
        p = L.MultiplyAdd(p, y, L.Create(1924957824.1613152));
        p = L.MultiplyAdd(p, y, L.Create(8777461318.977707));
        p = L.MultiplyAdd(p, y, L.Create(19000959183.336998));
        p = L.MultiplyAdd(p, y, L.Create(17813700503.791634));
        p = L.MultiplyAdd(p, y, L.Create(5157721444.691855));
        var q = L.MultiplyAdd(L.Create(18915.749186505698), y, L.Create(2078886.2403158352));
        q = L.MultiplyAdd(q, y, L.Create(63433108.30323768));
        q = L.MultiplyAdd(q, y, L.Create(785798981.3683318));
        q = L.MultiplyAdd(q, y, L.Create(4554398168.837508));
        q = L.MultiplyAdd(q, y, L.Create(12819196594.512575));
        q = L.MultiplyAdd(q, y, L.Create(16527905109.836275));
        q = L.MultiplyAdd(q, y, L.Create(7538691445.65901));
        q = L.MultiplyAdd(q, y, L.Create(1.0));
        var factor = L.Subtract(L.Subtract(y, L.Create(DigammaZero)), L.Create(DigammaZeroLow));
        return L.Multiply(factor, L.Divide(p, q));
    }

    /// <summary>psi(y) from 3.5 on: log(u) and a series in 1 / u^2, where u is y - 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V DigammaFar(V y)
    {
        V u = L.Subtract(y, L.Create(0.5)), inverse = L.Divide(L.Create(1), u), square = L.Multiply(inverse, inverse);
        var p = L.MultiplyAdd(L.Create(4.1540666839356035), square, L.Create(-3.2200498026908715));
        p = L.MultiplyAdd(p, square, L.Create(1.2213653733239636));
        p = L.MultiplyAdd(p, square, L.Create(-0.3252388919153641));
        p = L.MultiplyAdd(p, square, L.Create(0.07767980732895315));
        p = L.MultiplyAdd(p, square, L.Create(-0.020894693895556357));
        p = L.MultiplyAdd(p, square, L.Create(0.007556874270326547));
        p = L.MultiplyAdd(p, square, L.Create(-0.004134061070848024));
        p = L.MultiplyAdd(p, square, L.Create(0.0038442456644350027));
        p = L.MultiplyAdd(p, square, L.Create(-0.007291666665666136));
        p = L.MultiplyAdd(p, square, L.Create(0.041666666666666206));
        return L.MultiplyAdd(p, square, Log(u));
    }

    /// <summary>sin(pi f) / pi, f from 0 to 1/2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V SineOverPi(V f)
    {
        var square = L.Multiply(f, f);
        var p = L.MultiplyAdd(L.Create(-7.0931258816238045e-09), square, L.Create(2.5300985563134005e-07));
        p = L.MultiplyAdd(p, square, L.Create(-6.975840829271595e-06));
        p = L.MultiplyAdd(p, square, L.Create(0.0001484287872033628));
        p = L.MultiplyAdd(p, square, L.Create(-0.002346081034815316));
        p = L.MultiplyAdd(p, square, L.Create(0.026147847817611935));
        p = L.MultiplyAdd(p, square, L.Create(-0.19075182412208255));
        p = L.MultiplyAdd(p, square, L.Create(0.8117424252833536));
        p = L.MultiplyAdd(p, square, L.Create(-1.6449340668482264));
        p = L.MultiplyAdd(p, square, L.Create(1.0));
        return L.Multiply(p, f);
    }

    /// <summary>pi cot(pi f), |f| at most 1/2: zeros and poles are factors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V PiCotangent(V f)
    {
        V square = L.Multiply(f, f), one = L.Create(1), twice = L.Add(f, f);
        var p = L.MultiplyAdd(L.Create(5.336813851582661), square, L.Create(-4.669712117726342));
        p = L.MultiplyAdd(p, square, L.Create(3.7732941760284464));
        p = L.MultiplyAdd(p, square, L.Create(-0.4612382746984015));
        p = L.MultiplyAdd(p, square, L.Create(0.943486535801883));
        p = L.MultiplyAdd(p, square, L.Create(0.6189955082114015));
        p = L.MultiplyAdd(p, square, L.Create(0.67251558366827));
        p = L.MultiplyAdd(p, square, L.Create(0.6661642927130073));
        p = L.MultiplyAdd(p, square, L.Create(0.6667306285204495));
        p = L.MultiplyAdd(p, square, L.Create(0.6667965658083592));
        p = L.MultiplyAdd(p, square, L.Create(0.6671967920207549));
        p = L.MultiplyAdd(p, square, L.Create(0.6688378666170829));
        p = L.MultiplyAdd(p, square, L.Create(0.6758809977968725));
        p = L.MultiplyAdd(p, square, L.Create(0.7101318663035304));
        p = L.MultiplyAdd(p, square, L.Create(1.0));
        return L.Divide(L.Multiply(L.Multiply(L.Subtract(one, twice), L.Add(one, twice)), p), f);
    }
}
