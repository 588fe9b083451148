namespace Nabla;

/// <summary>The gamma function's logarithm and its derivative in float64: recurrence to 8 or more, then the asymptotic series.</summary>
internal static class GammaFunctions
{
    private const int Shift = 8;

    /// <summary>B(2k) / (2k (2k - 1)): Stirling's series in 1 / x^2, times 1 / x.</summary>
    private static readonly double[] Stirling =
        [1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156, -3617.0 / 122400];

    /// <summary>B(2k) / (2k): the series of the derivative in 1 / x^2, times 1 / x^2.</summary>
    private static readonly double[] Derivative =
        [1.0 / 12, -1.0 / 120, 1.0 / 252, -1.0 / 240, 1.0 / 132, -691.0 / 32760, 1.0 / 12];

    /// <summary>Log |gamma(x)|; infinite at 0 and the negative integers.</summary>
    public static GraphValue Lgamma(GraphBuilder g, GraphValue x)
    {
        var low = g.Less(x, -0.5); // pi / sin(pi x) would overflow beside 0, where the product below does not
        var reflected = g.Select(low, g.Sub(1, x), x);
        var infinite = g.IsInf(x);
        var safe = g.Select(infinite, 1, reflected);
        var few = g.Less(safe, Shift);
        var start = g.Select(few, safe, 1);
        var product = start;
        for (int k = 1; k < Shift; k++)
            product = g.Mul(product, g.Add(start, k));
        var t = g.Select(few, g.Add(safe, Shift), safe);
        var inverse = g.Div(1, t);
        var series = g.Mul(g.Polynomial(g.Mul(inverse, inverse), Stirling), inverse);
        var value = g.Add(g.Sub(g.Mul(g.Add(t, -0.5), g.Log(t)), t), g.Add(series, 0.5 * Math.Log(2 * Math.PI)));
        value = g.Select(few, g.Sub(value, g.Log(g.Abs(product))), value);
        // gamma(x) gamma(1 - x) = pi / sin(pi x)
        var sine = g.Unary("Sin", g.Mul(g.Sub(x, g.Unary("Round", x)), Math.PI));
        value = g.Select(low, g.Sub(g.Log(g.Div(Math.PI, g.Abs(sine))), value), value);
        return g.Select(infinite, double.PositiveInfinity, value);
    }

    /// <summary>The derivative of <see cref="Lgamma"/>: NaN at the negative integers, infinite at 0 with the opposite sign.</summary>
    public static GraphValue Digamma(GraphBuilder g, GraphValue x)
    {
        var low = g.Less(x, 0.5);
        var safe = g.Select(low, g.Sub(1, x), x);
        var few = g.Less(safe, Shift);
        var start = g.Select(few, safe, 1);
        var sum = g.Div(1, start);
        for (int k = 1; k < Shift; k++)
            sum = g.Add(sum, g.Div(1, g.Add(start, k)));
        var t = g.Select(few, g.Add(safe, Shift), safe);
        var inverse = g.Div(1, t);
        var square = g.Mul(inverse, inverse);
        var value = g.Sub(g.Sub(g.Log(t), g.Mul(inverse, 0.5)), g.Mul(g.Polynomial(square, Derivative), square));
        value = g.Select(few, g.Sub(value, sum), value);
        // psi(1 - x) - psi(x) = pi / tan(pi x)
        var r = g.Mul(g.Sub(x, g.Unary("Round", x)), Math.PI);
        value = g.Select(low, g.Sub(value, g.Div(g.Mul(g.Unary("Cos", r), Math.PI), g.Unary("Sin", r))), value);
        value = g.Select(g.And(g.Less(x, 0), g.Equal(g.Unary("Floor", x), x)), double.NaN, value);
        return g.Select(g.Equal(x, 0), g.Neg(g.Div(1, x)), value);
    }
}
