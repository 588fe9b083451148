using System.Globalization;

namespace Nabla.Tests.Samples;

/// <summary>Divisors and multiples of integers; logarithms of sums; lerp; a sum with a factor; a product and a term; the fraction of a number.</summary>
internal static class PairSamples
{
    private const double Inf = double.PositiveInfinity;

    public static IEnumerable<Sample> All() =>
    [
        .. Integers("gcd", GcdOp.Instance), .. Integers("lcm", LcmOp.Instance), .. Integers("euclid/one", new EuclidOp(1)), .. Integers("euclid/five", new EuclidOp(5)),
        .. Floats("logaddexp/natural", new LogAddExpOp(false)), .. Floats("logaddexp/binary", new LogAddExpOp(true)), .. Floats("lerp/near", LerpOp.Instance, 0.3),
        .. Floats("lerp/far", LerpOp.Instance, 0.7), .. Floats("lerp/beyond", LerpOp.Instance, -1.75), .. AddScaled(), .. LerpBy(), .. MultiplyAdd(), .. Frac(),
    ];

    private static IEnumerable<Sample> Integers(string name, Op op)
    {
        var values = new Sample
        {
            Name = $"{name}/values",
            Op = _ => op,
            Inputs = d => [d.Uniform([4, 21], -100, 100), d.Uniform([4, 21], -100, 100)],
            DTypes = Kinds.Integer,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = $"{name}/range",
            // The most negative number is left out: of its like only some devices' division wraps.
            Inputs = d => [d.Uniform([70], d.Range.Low + 1, d.Range.High), d.Uniform([70], d.Range.Low + 1, d.Range.High)],
            Elementwise = false,
        };
        yield return values with { Name = $"{name}/special", Inputs = d => [d.Of([8], 0, 0, 5, 1, 12, 89, 12, 12), d.Of([8], 0, 7, 0, 1, 12, 55, 18, 6)], Elementwise = false };
    }

    private static IEnumerable<Sample> Floats(string name, Op op, params Scalar[] scalars)
    {
        var values = new Sample
        {
            Name = $"{name}/values",
            Op = _ => op,
            Inputs = d => [d.Uniform([4, 21], -3, 3), d.Grid([4, 21], -5, 5, 0.3)],
            Scalars = _ => scalars,
            Slack = 2,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = $"{name}/special",
            Inputs = d => [d.Of([7], Inf, -Inf, Inf, -Inf, double.NaN, 1, 0), d.Of([7], Inf, -Inf, 3, 3, 1, double.NaN, 100)],
            Smooth = false,
            Elementwise = false,
        };
    }

    private static IEnumerable<Sample> AddScaled()
    {
        foreach (double alpha in new[] { 0.3, -1.75 })
        {
            var values = new Sample
            {
                Name = $"add_scaled/{alpha.ToString(CultureInfo.InvariantCulture)}",
                Op = _ => AddScaledOp.Instance,
                Inputs = d => [d.Uniform([4, 21], 0.5, 3), alpha < 0 ? d.Uniform([4, 21], -3, -0.5) : d.Uniform([4, 21], 0.5, 3)], // of one sign: nothing cancels
                Scalars = _ => [alpha],
                Slack = 2,
                Smooth = true,
                Elementwise = true,
            };
            yield return values;
            yield return values with
            {
                Name = $"{values.Name}/special",
                Inputs = d => [d.Of([7], Inf, -Inf, Inf, -0.0, double.NaN, 1, 0), d.Of([7], Inf, Inf, 3, 0, 1, double.NaN, -Inf)],
                Smooth = false,
                Elementwise = false,
            };
        }
    }

    private static IEnumerable<Sample> LerpBy()
    {
        var values = new Sample
        {
            Name = "lerp_by/values",
            Op = _ => LerpByOp.Instance,
            Inputs = d => [d.Uniform([4, 21], -3, 3), d.Grid([4, 21], -5, 5, 0.3), d.Grid([4, 21], -1.3, 1.7, 0.2)],
            Slack = 2,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = "lerp_by/special",
            Inputs = d => [d.Of([7], 2, 1, 3, Inf, 1, double.NaN, 1), d.Of([7], 5, 7, 3, 1, Inf, 1, 2), d.Of([7], 0, 1, 0.5, 0.25, 0.75, 0, double.NaN)],
            Smooth = false,
            Elementwise = false,
        };
    }

    private static IEnumerable<Sample> MultiplyAdd()
    {
        var values = new Sample
        {
            Name = "multiply_add/values",
            Op = _ => MultiplyAddOp.Instance,
            Inputs = d => [d.Uniform([4, 21], 0.5, 3), d.Grid([4, 21], -2, 3, 0.2), d.Grid([4, 21], -3, 4.5, 0.3)], // product and term of one sign: nothing cancels
            Slack = 2,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with
        {
            Name = "multiply_add/special",
            Inputs = d => [d.Of([7], 2, 0, -0.0, Inf, Inf, double.NaN, 1), d.Of([7], -2, Inf, 5, 1, 1, 1, 0), d.Of([7], 4, 1, -0.0, -Inf, Inf, 1, -Inf)],
            Smooth = false,
            Elementwise = false,
        };
    }

    private static IEnumerable<Sample> Frac()
    {
        var values = new Sample
        {
            Name = "frac/values",
            Op = _ => FracOp.Instance,
            Inputs = d => [d.Grid([4, 21], -2.8, 2.8, 0.3)],
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        yield return values with { Name = "frac/special", Inputs = d => [d.Of([7], 0, -0.0, 3, -2.5, Inf, -Inf, double.NaN)], Smooth = false, Elementwise = false };
    }
}
