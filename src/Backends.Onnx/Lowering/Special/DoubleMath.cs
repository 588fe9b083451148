namespace Nabla;

/// <summary>
/// Functions that ONNX lacks, or whose kernels exist for float32 alone, composed for float64. float32 callers widen first where a
/// composition would lose digits.
/// </summary>
internal static class DoubleMath
{
    /// <summary>log(1 + x): log(u) x / (u - 1) with u = 1 + x, where the rounding of u cancels (Kahan).</summary>
    public static GraphValue Log1p(GraphBuilder g, GraphValue x)
    {
        var u = g.Add(x, 1);
        var exact = g.Or(g.Equal(u, 1), g.Equal(x, double.PositiveInfinity));
        var d = g.Select(exact, 1, g.Add(u, -1));
        return g.Select(exact, x, g.Div(g.Mul(g.Log(u), x), d));
    }

    /// <summary>e^x - 1: (u - 1) x / log(u) with u = e^x, where the rounding of u cancels (Kahan).</summary>
    public static GraphValue Expm1(GraphBuilder g, GraphValue x)
    {
        var u = g.Exp(x);
        var v = g.Add(u, -1);
        // Beyond these bounds u - 1 is exact enough, and log(u) or the product may not be finite.
        var far = g.Or(g.Greater(x, 40), g.Less(x, -40));
        var same = g.Equal(u, 1);
        var quotient = g.Div(g.Mul(v, x), g.Select(g.Or(far, same), 1, g.Log(u)));
        return g.Select(same, x, g.Select(far, v, quotient));
    }

    /// <summary>
    /// The same with the digits of float32: what float64 leaves of 1 has them, down to where x itself has them, too. Fewer nodes than above, of which
    /// a step of Adam has two for each parameter.
    /// </summary>
    public static GraphValue Expm1OfSingle(GraphBuilder g, GraphValue x) => g.Select(g.Less(g.Abs(x), 4e-8), x, g.Add(g.Exp(x), -1));

    /// <summary>
    /// The kernel's float32 result y, corrected once: tan(y - atan x) = (sin y - x cos y) / (cos y + x sin y), which is so small that
    /// its arc is itself, less a third of its cube.
    /// </summary>
    public static GraphValue Atan(GraphBuilder g, GraphValue x)
    {
        var y = g.Cast(g.Unary("Atan", g.Cast(x, TensorProto.Types.DataType.Float)), x.Type);
        var (sin, cos) = (g.Unary("Sin", y), g.Unary("Cos", y));
        var d = g.Div(g.Sub(sin, g.Mul(x, cos)), g.Add(cos, g.Mul(x, sin)));
        var near = g.Sub(y, g.Sub(d, g.Mul(g.Mul(g.Mul(d, d), d), 1.0 / 3)));
        return g.Select(g.IsInf(x), g.Mul(g.Unary("Sign", x), Math.PI / 2), near);
    }

    public static GraphValue Asin(GraphBuilder g, GraphValue x) =>
        Atan(g, g.Div(x, g.Sqrt(g.Mul(g.Sub(1, x), g.Add(x, 1)))));

    public static GraphValue Acos(GraphBuilder g, GraphValue x) =>
        g.Mul(Atan(g, g.Sqrt(g.Div(g.Sub(1, x), g.Add(x, 1)))), 2);

    public static GraphValue Tan(GraphBuilder g, GraphValue x) => g.Div(g.Unary("Sin", x), g.Unary("Cos", x));

    /// <summary>With e = e^|x| - 1: (e + e / (e + 1)) / 2; for large x by halves, which do not overflow too early.</summary>
    public static GraphValue Sinh(GraphBuilder g, GraphValue x)
    {
        var a = g.Abs(x);
        var large = g.Greater(a, 20);
        var e = Expm1(g, g.Select(large, 1, a));
        var small = g.Mul(g.Add(e, g.Div(e, g.Add(e, 1))), 0.5);
        var half = g.Exp(g.Mul(a, 0.5));
        return WithSign(g, g.Select(large, g.Mul(g.Mul(half, 0.5), half), small), x);
    }

    public static GraphValue Cosh(GraphBuilder g, GraphValue x)
    {
        var half = g.Exp(g.Mul(g.Abs(x), 0.5));
        return g.Add(g.Mul(g.Mul(half, 0.5), half), g.Div(0.5, g.Mul(half, half)));
    }

    /// <summary>With e = e^(-2|x|) - 1: -e / (e + 2).</summary>
    public static GraphValue Tanh(GraphBuilder g, GraphValue x)
    {
        var e = Expm1(g, g.Mul(g.Abs(x), -2));
        return WithSign(g, g.Neg(g.Div(e, g.Add(e, 2))), x);
    }

    public static GraphValue Asinh(GraphBuilder g, GraphValue x)
    {
        var a = g.Abs(x);
        var large = g.Greater(a, 1e150);
        var b = g.Select(large, 1, a);
        var square = g.Mul(b, b);
        var near = Log1p(g, g.Add(b, g.Div(square, g.Add(g.Sqrt(g.Add(square, 1)), 1))));
        return WithSign(g, g.Select(large, g.Add(g.Log(a), Math.Log(2)), near), x);
    }

    public static GraphValue Acosh(GraphBuilder g, GraphValue x)
    {
        var large = g.Greater(x, 1e150);
        var t = g.Add(g.Select(large, 1, x), -1);
        var near = Log1p(g, g.Add(t, g.Sqrt(g.Add(g.Mul(t, t), g.Mul(t, 2)))));
        var value = g.Select(large, g.Add(g.Log(x), Math.Log(2)), near);
        return g.Select(g.Less(x, 1), double.NaN, value);
    }

    public static GraphValue Atanh(GraphBuilder g, GraphValue x)
    {
        var a = g.Abs(x);
        return WithSign(g, g.Mul(Log1p(g, g.Div(g.Mul(a, 2), g.Sub(1, a))), 0.5), x);
    }

    /// <summary>The angle of a point: the arc of a ratio below 1, then by octants; infinities and negative zeros as IEEE 754 wants.</summary>
    public static GraphValue Atan2(GraphBuilder g, GraphValue y, GraphValue x)
    {
        var (ax, ay) = (g.Abs(x), g.Abs(y));
        var steep = g.Less(ax, ay);
        var (low, high) = (g.Select(steep, ax, ay), g.Select(steep, ay, ax));
        var ratio = g.Select(g.Equal(high, 0), low, g.Select(g.Equal(low, high), 1, g.Div(low, high)));
        var angle = Atan(g, ratio);
        angle = g.Select(steep, g.Sub(Math.PI / 2, angle), angle);
        angle = g.Select(g.IsNegative(x), g.Sub(Math.PI, angle), angle);
        return g.Select(g.Or(g.IsNaN(x), g.IsNaN(y)), double.NaN, WithSign(g, angle, y));
    }

    /// <summary>sqrt(a^2 + b^2): the larger times the length of (1, ratio); an infinity wins over NaN.</summary>
    public static GraphValue Hypot(GraphBuilder g, GraphValue a, GraphValue b)
    {
        var (p, q) = (g.Abs(a), g.Abs(b));
        var swap = g.Less(p, q);
        var (low, high) = (g.Select(swap, p, q), g.Select(swap, q, p));
        var ratio = g.Div(low, g.Select(g.Equal(high, 0), 1, high));
        var length = g.Mul(high, g.Sqrt(g.Add(g.Mul(ratio, ratio), 1)));
        return g.Select(g.Or(g.IsInf(a), g.IsInf(b)), double.PositiveInfinity, length);
    }

    /// <summary>A magnitude with the sign of another value.</summary>
    public static GraphValue WithSign(GraphBuilder g, GraphValue magnitude, GraphValue sign) =>
        g.Select(g.IsNegative(sign), g.Neg(magnitude), magnitude);
}
