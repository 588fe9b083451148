namespace Nabla;

/// <summary>
/// The error function and its relatives in float64, from two polynomials: least-maximum fits, made with 40 digits, whose error is
/// below one unit in the last place.
/// </summary>
internal static class ErrorFunctions
{
    /// <summary>erf(x) / x as a polynomial in x^2, for |x| up to 1.</summary>
    private static readonly double[] Near =
    [
        1.1283791670955125738, -0.37612638903183748056, 0.11283791670954878666, -0.026866170645076793248,
        0.0052239776248180144673, -0.00085483269808337899052, 0.00012055331111642710923, -0.000014925595266831181565,
        1.6461000484121368033e-6, -1.6350312701054695011e-7, 1.4659775274047435814e-8, -1.137284885679167367e-9,
        5.9571761477489114044e-11,
    ];

    /// <summary>e^(x^2) erfc(x) (1 + 2x) as a polynomial in (x - 4) / (x + 4), for x from 0 on.</summary>
    private static readonly double[] Tail =
    [
        1.2329951186255525433, -0.1396211168405624874, 0.015379652102610161953, 0.06809705425468620783, -0.10103906603585293672,
        0.093732834998651720952, -0.066330365820503670628, 0.037167515531843196294, -0.016197733979924258315,
        0.0050319700325486950697, -0.0007577737141838887079, -0.00019925700412184844794, 0.0001506231178516216655,
        -0.000024398117942078943596, -0.000011225140354451668271, 5.7072395736911623876e-6, 2.9805960553493423593e-7,
        -8.218020654785303524e-7, 7.1119124277940551192e-8, 1.0683442926518326991e-7, -1.6357383981136143714e-8,
        -1.2544825402820345191e-8, 1.5712153636381123321e-9, 9.6554082234515762662e-10,
    ];

    public static GraphValue Erf(GraphBuilder g, GraphValue x)
    {
        var inside = g.Less(g.Abs(x), 1);
        var upper = Upper(g, x);
        return g.Select(inside, Inner(g, x, inside), g.Select(g.IsNegative(x), g.Add(upper, -1), g.Sub(1, upper)));
    }

    public static GraphValue Erfc(GraphBuilder g, GraphValue x)
    {
        var inside = g.Less(g.Abs(x), 0.5); // beyond, 1 - erf(x) would lose digits
        var upper = Upper(g, x);
        return g.Select(inside, g.Sub(1, Inner(g, x, inside)), g.Select(g.IsNegative(x), g.Sub(2, upper), upper));
    }

    /// <summary>
    /// Winitzki's estimate, good to 2e-3, then three of Halley's steps, which triple the digits each; in the tails on erfc, where
    /// erf has none left.
    /// </summary>
    public static GraphValue Erfinv(GraphBuilder g, GraphValue y)
    {
        const double a = 0.147;
        var magnitude = g.Abs(y);
        var edge = g.AtLeast(magnitude, 1);
        var p = g.Select(edge, 0.5, magnitude);
        var log = DoubleMath.Log1p(g, g.Neg(g.Mul(p, p)));
        var b = g.Add(g.Mul(log, 0.5), 2 / (Math.PI * a));
        var x = g.Sqrt(g.Sub(g.Sqrt(g.Sub(g.Mul(b, b), g.Mul(log, 1 / a))), b));
        var rest = g.Sub(1, p);
        for (int step = 0; step < 3; step++)
        {
            var error = g.Select(g.Less(p, 0.5), g.Sub(Erf(g, x), p), g.Sub(rest, Erfc(g, x)));
            var newton = g.Mul(g.Mul(error, g.Exp(g.Mul(x, x))), Math.Sqrt(Math.PI) / 2);
            x = g.Sub(x, g.Div(newton, g.Add(g.Mul(x, newton), 1)));
        }

        x = g.Select(g.Equal(magnitude, 1), double.PositiveInfinity, x);
        x = g.Select(g.Greater(magnitude, 1), double.NaN, x);
        return g.Select(g.IsNaN(y), y, DoubleMath.WithSign(g, x, y));
    }

    private static GraphValue Inner(GraphBuilder g, GraphValue x, GraphValue inside)
    {
        var bounded = g.Select(inside, x, 0);
        return g.Mul(bounded, g.Polynomial(g.Mul(bounded, bounded), Near));
    }

    /// <summary>erfc(|x|).</summary>
    private static GraphValue Upper(GraphBuilder g, GraphValue x)
    {
        var a = g.Abs(x);
        a = g.Select(g.Greater(a, 30), 30, a); // erfc(30) is 0, and an infinite ratio is not a number
        var p = g.Polynomial(g.Div(g.Add(a, -4), g.Add(a, 4)), Tail);
        return g.Div(g.Mul(g.Exp(g.Neg(g.Mul(a, a))), p), g.Add(g.Mul(a, 2), 1));
    }
}
