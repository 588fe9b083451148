using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Relu, gelu, silu, elu, softplus, leaky relu, clamp, shrink and their gradients, prelu, hardsigmoid, nan_to_num, huber, dropout.</summary>
internal static class ActivationSamples
{
    private static readonly double[] Special = [0, 1, -1, 20, -20, 100, -100, double.NaN];

    private static readonly double[] Infinite = [double.PositiveInfinity, double.NegativeInfinity, double.NaN, -0.0, 3];

    public static IEnumerable<Sample> All()
    {
        (string Name, Op Op, DType[] DTypes, Scalar[] Scalars)[] functions =
        [
            ("relu", ReluOp.Instance, Kinds.Numeric, []), ("gelu/erf", new GeluOp(false), Kinds.Float, []), ("gelu/tanh", new GeluOp(true), Kinds.Float, []),
            ("silu", SiluOp.Instance, Kinds.Float, []), ("softplus", SoftplusOp.Instance, Kinds.Float, [1, 20]), ("softplus/beta", SoftplusOp.Instance, Kinds.Float, [2.5, 3.1]), ("softplus/log_sigmoid", SoftplusOp.Instance, Kinds.Float, [-1.0, double.PositiveInfinity]),
            ("elu", EluOp.Instance, Kinds.Float, [1, 1, 1]), ("elu/scaled", EluOp.Instance, Kinds.Float, [1.7, 1.1, 0.6]),
            ("leaky_relu", LeakyReluOp.Instance, Kinds.Float, [0.3]), ("hardsigmoid", HardsigmoidOp.Instance, Kinds.Float, []), ("clamp", new ClampOp(true), Kinds.Float, [-1.375, 2.75]), ("clamp/crossed", new ClampOp(true), Kinds.Float, [1, -1]),
            ("clamp/above", new ClampOp(false), Kinds.Float, [double.NegativeInfinity, 2.75]),
            ("shrink/hard", new ShrinkOp(false), Kinds.Float, [1.375]), ("shrink/soft", new ShrinkOp(true), Kinds.Float, [1.375]), ("nan_to_num", NanToNumOp.Instance, Kinds.Float, [0.3, 700.7, -7.3]),
        ];
        return [.. functions.SelectMany(f => Of(f.Name, f.Op, f.DTypes, f.Scalars)), .. Backward("relu_backward", ReluBackwardOp.Instance), .. Backward("gelu_backward/erf", new GeluBackwardOp(false)),
            .. Backward("gelu_backward/tanh", new GeluBackwardOp(true)), .. Backward("silu_backward", SiluBackwardOp.Instance),
            .. Backward("elu_backward", EluBackwardOp.Instance, 1, 1, 1), .. Backward("elu_backward/scaled", EluBackwardOp.Instance, 1.7, 1.1, 0.6),
            .. Backward("softplus_backward", SoftplusBackwardOp.Instance, 1, 20), .. Backward("softplus_backward/beta", SoftplusBackwardOp.Instance, 2.5, 15),
            .. Backward("softplus_backward/log_sigmoid", SoftplusBackwardOp.Instance, -1.0, double.PositiveInfinity),
            .. Backward("leaky_relu_backward", LeakyReluBackwardOp.Instance, 0.3), .. Backward("clamp_backward/inclusive", new ClampBackwardOp(true), -1.375, 2.75),
            .. Backward("clamp_backward/exclusive", new ClampBackwardOp(false), -1.375, 2.75), .. Backward("shrink_backward", ShrinkBackwardOp.Instance, 1.375),
            .. Backward("huber", HuberOp.Instance, 1.375, 0.7), .. Backward("prelu", PReluOp.Instance),
            .. Backward("huber_slope", HuberSlopeOp.Instance, 1.375, 0.7), .. Dropout()];
    }

    private static IEnumerable<Sample> Of(string name, Op op, DType[] dtypes, Scalar[] scalars)
    {
        var values = new Sample
        {
            Name = $"{name}/values",
            Op = _ => op,
            Inputs = d => [d.Grid([4, 21], -5, 5, op is HardsigmoidOp ? 0.7 : 0.3)], // not at its bends, 3 and -3
            Scalars = _ => scalars,
            DTypes = dtypes,
            Slack = name == "relu" ? 0 : 2,
            Smooth = name != "softplus/beta", // at its threshold the function has a step
            Elementwise = true,
        };
        yield return values;
        yield return values with { Name = $"{name}/special", Inputs = d => [d.Of([Special.Length], Special)], DTypes = Kinds.Float, Smooth = false, Elementwise = false };
        if (op is SoftplusOp or NanToNumOp)
            yield return values with { Name = $"{name}/infinite", Inputs = d => [d.Of([Infinite.Length], Infinite)], DTypes = Kinds.Float, Smooth = false, Elementwise = false };
    }

    private static IEnumerable<Sample> Backward(string name, Op op, params Scalar[] scalars)
    {
        var values = new Sample
        {
            Name = $"{name}/values",
            Op = _ => op,
            Inputs = d => [d.Uniform([4, 21], -2, 2), d.Grid([4, 21], -5, 5, 0.3)],
            Scalars = _ => scalars,
            Slack = 2,
            Smooth = true,
            Elementwise = true,
        };
        yield return values;
        var special = values with
        {
            Name = $"{name}/special",
            Inputs = d => [d.Of([4], 1, 1, 2, 1), d.Of([4], 0, 30, -30, double.NaN)],
            Smooth = false,
            Elementwise = false,
        };
        yield return special;
        if (name != "gelu_backward/erf")
            yield break;
        // To the end of float32 the slope is 1 or 0; of an infinity it is NaN, as infinity times 0 is.
        double[] far = [1e19, -1e19, 3.3e38, -3.3e38, 3.4028234e38, -3.4028234e38, double.PositiveInfinity, double.NegativeInfinity];
        yield return special with { Name = $"{name}/far", Inputs = d => [d.Of([8], 1, 2, 1, 2, 1, 2, 1, 2), d.Of([8], far)] };
    }

    private static IEnumerable<Sample> Dropout()
    {
        foreach (double p in new[] { 0, 0.25, 0.9, 1 })
        {
            yield return new()
            {
                Name = $"dropout/p{p}",
                Op = _ => DropoutOp.Instance,
                Inputs = d => [d.Uniform([5, 27], -5, 5)],
                Scalars = _ => [p, 0x1234_5678_9ABC, 77],
                Smooth = true,
            };
        }

        yield return new() { Name = "dropout/empty", Op = _ => DropoutOp.Instance, Inputs = d => [d.Uniform([0, 27], -5, 5)], Scalars = _ => [0.25, 5, 5] };
        yield return new() { Name = "dropout/infinite", Op = _ => DropoutOp.Instance, Inputs = d => [d.Of([2], double.PositiveInfinity, double.NaN)], Scalars = _ => [1.0, 5, 5] };
    }
}
