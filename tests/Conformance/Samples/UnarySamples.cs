using static Nabla.UnaryOp;

namespace Nabla.Tests.Samples;

internal static class UnarySamples
{
    private static readonly double[] Special = [0, -0.0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, 3, -3, double.NaN, double.PositiveInfinity, double.NegativeInfinity];

    /// <summary>The range of the random values: where the function is defined and, for the smooth ones, away from its poles.</summary>
    private static readonly (UnaryOp Op, double Low, double High, bool Smooth, double Slack)[] Functions =
    [
        (Neg, -5, 5, true, 0), (Abs, 0.3, 5, true, 0), (UnaryOp.Sign, -5, 5, false, 0), (Floor, -5, 5, false, 0), (Ceil, -5, 5, false, 0),
        (UnaryOp.Round, -5, 5, false, 0), (Trunc, -5, 5, false, 0), (Exp, -6, 6, true, 1), (Exp2, -6, 6, true, 1), (Expm1, -3, 3, true, 1),
        (Log, 0.05, 9, true, 1), (Log2, 0.05, 9, true, 1), (Log10, 0.05, 9, true, 1), (Log1p, -0.9, 9, true, 1), (Sqrt, 0.1, 90, true, 1),
        (Rsqrt, 0.1, 90, true, 1), (Reciprocal, 0.3, 9, true, 1), (Sin, -7, 7, true, 1), (Cos, -7, 7, true, 1), (Tan, -1.3, 1.3, true, 1),
        (Asin, -0.95, 0.95, true, 1), (Acos, -0.95, 0.95, true, 1), (Atan, -9, 9, true, 1), (Sinh, -5, 5, true, 1), (Cosh, -5, 5, true, 1),
        (Tanh, -5, 5, true, 1), (Asinh, -9, 9, true, 1), (Acosh, 1.2, 9, true, 2), (Atanh, -0.95, 0.95, true, 1), (Sigmoid, -9, 9, true, 1),
        (Erf, -4, 4, true, 1), (Erfc, -4, 5, true, 1), (Erfinv, -0.95, 0.95, true, 4), (Lgamma, 0.1, 9, true, 4), (Digamma, 0.2, 9, true, 4),
        (IsNaN, -5, 5, false, 0), (IsInf, -5, 5, false, 0), (LogicalNot, -2, 2, false, 0), (BitwiseNot, -100, 100, false, 0),
    ];

    /// <summary>Left and right of the gamma function's poles, odd and even; the nearest are poles in float32, and the smallest 0.</summary>
    private static readonly double[] BesidePoles =
        [-1e-20, 1e-20, -1e-6, 1e-6, -1e-300, 1e-310, -1e-310, -0.3, -1 + 1e-6, -1 - 1e-6, -1 + 1e-10, -1 - 1e-10, -2 + 1e-10, -2 - 1e-10, -3 - 1e-5, -3 + 1e-10];

    /// <summary>Far from the origin, where range reduction, overflow and the choice of formula show.</summary>
    private static readonly (UnaryOp Op, double[] Values, double Slack)[] Far =
    [
        (Exp, [-100, -87, -20.5, -1e-3, 1e-6, 30, 70, 88, 89, 710], 1), (Exp2, [-140, -126, -3, 10, 100.5, 127, 128], 1),
        (Expm1, [-50, -1, -1e-4, 1e-7, 1e-3, 30, 70], 1), (Log, [1e-30, 1e-6, 0.9999, 1.0001, 1e6, 1e30], 1),
        (Log1p, [-0.999, -1e-6, 1e-7, 1e-3, 100, 1e30], 1), (Log2, [1e-30, 1024, 1e30], 1), (Log10, [1e-30, 1000, 1e30], 1),
        (Sin, [100, -300, 1000, 3.14159274], 1), (Cos, [100, -300, 1000, 1.57079637], 1), (Tan, [10, -20, 100], 4),
        (Tanh, [-30, -9.1, -1e-4, 1e-5, 9.1, 30, 100], 1), (Sinh, [-20, -1e-4, 1e-5, 50], 1), (Cosh, [-20, 1e-5, 50], 1),
        (Sigmoid, [-90, -20, -10, 10, 20, 90], 1), (Atan, [-1e10, 1e-5, 1e10], 1), (Asinh, [-1e10, -1e-4, 1e-5, 1e10], 1),
        (Acosh, [1.0001, 100, 1e10], 100), (Atanh, [-0.9999, 1e-5, 0.9999], 4), (Erf, [-9, -1e-4, 1e-5, 3.9, 9], 1),
        (Erfc, [-9, 1e-5, 3, 6, 9], 4), (Erfinv, [-0.9999, 1e-4, 0.999], 10), (Lgamma, [-3.3, -0.5, 1e-3, 1, 2, 40, 1e4, .. BesidePoles], 10),
        (Digamma, [-3.3, -0.5, 1e-3, 1.4616, 40, 1e4, .. BesidePoles], 10), (Rsqrt, [1e-30, 1e30], 1), (Sqrt, [1e-30, 1e30], 1),
        (UnaryOp.Round, [4503599, -2.5, 0.49999997, 8388609], 0), (Floor, [-0.25, 8388609, 1e20], 0), (Trunc, [-0.75, 1e20], 0),
    ];

    public static IEnumerable<Sample> All() => Functions.SelectMany(Common).Concat(Far.Select(f => new Sample
    {
        Name = $"{f.Op.Kind}/far",
        Op = _ => f.Op,
        Inputs = d => [d.Of([f.Values.Length], f.Values)],
        DTypes = Kinds.Wide,
        Slack = f.Slack,
    }));

    private static IEnumerable<Sample> Common((UnaryOp Op, double Low, double High, bool Smooth, double Slack) f)
    {
        var values = new Sample
        {
            Name = $"{f.Op.Kind}/values",
            Op = _ => f.Op,
            Inputs = d => [d.Uniform([5, 21], d.DType.IsFloatingPoint() ? f.Low : -100, d.DType.IsFloatingPoint() ? f.High : 100)],
            DTypes = Kinds.Of(f.Op.Domain),
            Slack = f.Slack,
            Smooth = f.Smooth,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = $"{f.Op.Kind}/special",
            Inputs = d => [d.DType.IsFloatingPoint() ? d.Of([Special.Length], Special) : d.Of([4], d.Range.Low, 0, 1, d.Range.High)],
            Smooth = false,
            Elementwise = false,
        };
    }
}
