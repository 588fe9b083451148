using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    /// <summary>Composites that are recorded as one node. Those without a row are recorded as their parts.</summary>
    private static void AddComposites(OpColumn<GradientRule> column)
    {
        column.Add(ReluOp.Row, new ResultRule((g, y) => Tensor.Apply(ReluBackwardOp.Instance, [g, y], default)));
        column.Add(GeluOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(new GeluBackwardOp(((GeluOp)c.Op).Tanh), [c.Grad, c.Input(0)], default))));
        column.Add(SiluOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(SiluBackwardOp.Instance, [c.Grad, c.Input(0)], default))));
        column.Add(EluOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(EluBackwardOp.Instance, [c.Grad, c.Input(0)], c.Scalars))));
        column.Add(ClampOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(new ClampBackwardOp(((ClampOp)c.Op).Inclusive), [c.Grad, c.Input(0)], c.Scalars))));
        column.Add(LeakyReluOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(LeakyReluBackwardOp.Instance, [c.Grad, c.Input(0)], c.Scalars))));
        column.Add(PReluOp.Row, new JointRule(_ => Input(0) | Input(1), (in BackwardContext c, Span<Tensor?> results) =>
        {
            var (x, zero) = (c.Input(0), Tensor.Zeros([], c.Grad.DType, c.Grad.Device));
            var positive = x.Gt(0);
            results[0] = c.Wants(0) ? Tensor.Where(positive, c.Grad, c.Grad * c.Input(1)) : null;
            results[1] = c.Wants(1) ? Tensor.Where(positive, zero, c.Grad * x) : null;
        }
        ));
        column.Add(HardsigmoidOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(new ClampBackwardOp(Inclusive: false), [c.Grad / 6, c.Input(0)], [-3, 3]))));
        column.Add(ShrinkOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(ShrinkBackwardOp.Instance, [c.Grad, c.Input(0)], c.Scalars))));
        column.Add(HuberOp.Row, new JointRule(_ => Input(0) | Input(1), (in BackwardContext c, Span<Tensor?> results) =>
        {
            var (dtype, wide) = (c.Grad.DType, c.Grad.DType.Accumulator());
            var slope = Tensor.Apply(HuberSlopeOp.Instance, [c.Input(0).Cast(wide), c.Input(1).Cast(wide)], c.Scalars);
            var gradient = (c.Grad.Cast(wide) * slope).Cast(dtype);
            results[0] = c.Wants(0) ? gradient : null;
            results[1] = c.Wants(1) ? -gradient : null;
        }
        ));
        column.Add(SoftplusOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
            Tensor.Apply(SoftplusBackwardOp.Instance, [c.Grad, c.Input(0)], c.Scalars))));
        column.Add(NanToNumOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
        {
            double largest = Tensor.Largest(c.Grad.DType); // the gradient passes where nothing was replaced
            return Tensor.Apply(new ClampBackwardOp(Inclusive: true), [c.Grad, c.Input(0)], [-largest, largest]);
        }
        )));
        column.Add(FracOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad)));
        column.Add(AddScaledOp.Row, new PerInputRule(
            (None, (in BackwardContext c) => c.Grad), (None, (in BackwardContext c) => c.Grad * c.Scalars[0].ToDouble())));
        column.Add(LerpOp.Row, new PerInputRule(
            (None, (in BackwardContext c) => c.Grad * (1 - c.Scalars[0].ToDouble())), (None, (in BackwardContext c) => c.Grad * c.Scalars[0].ToDouble())));
        column.Add(LerpByOp.Row, new JointRule(_ => Input(0) | Input(1) | Input(2), LerpBy));
        column.Add(MultiplyAddOp.Row, new PerInputRule(
            (Input(1), (in BackwardContext c) => c.Grad * c.Input(1)), (Input(0), (in BackwardContext c) => c.Grad * c.Input(0)), (None, (in BackwardContext c) => c.Grad)));
        column.Add(LogAddExpOp.Row, new JointRule(_ => Input(0) | Input(1), LogAddExp));
        column.Add(SoftmaxOp.Row, new PerInputRule((Output(0), (in BackwardContext c) =>
            Tensor.Apply(new SoftmaxBackwardOp(((SoftmaxOp)c.Op).Axis), [c.Grad, c.Output()], default))));
        column.Add(LogSoftmaxOp.Row, new PerInputRule((Output(0), (in BackwardContext c) =>
            Tensor.Apply(new LogSoftmaxBackwardOp(((LogSoftmaxOp)c.Op).Axis), [c.Grad, c.Output()], default))));
        column.Add(LogSumExpOp.Row, new PerInputRule((Input(0) | Output(0), (in BackwardContext c) =>
        {
            var op = (LogSumExpOp)c.Op;
            var shape = c.InputSpec(0).Shape;
            var kept = ReducedShape.Of(shape, op.Axes.AsSpan(), keepDim: true, op.Kind.Name);
            return c.Grad.Reshape(kept) * (c.Input(0) - c.Output().Reshape(kept)).Exp();
        }
        )));
        column.Add(MeanOp.Row, new PerInputRule((None, (in BackwardContext c) =>
        {
            var op = (MeanOp)c.Op;
            var shape = c.InputSpec(0).Shape;
            double count = op.Axes.Aggregate(1.0, (product, axis) => product * shape[axis]);
            return (c.Grad / count).Reshape(ReducedShape.Of(shape, op.Axes.AsSpan(), keepDim: true, op.Kind.Name)).Expand(shape);
        }
        )));
        column.Add(VarOp.Row, new PerInputRule((Input(0), (in BackwardContext c) =>
        {
            var (op, dtype) = ((VarOp)c.Op, c.InputSpec(0).DType);
            var (distance, freedom, kept) = Spread(c, op.Axes, c.Input(0).Cast(dtype.Accumulator()));
            return (distance * (c.Grad.Cast(dtype.Accumulator()) * (2 / freedom)).Reshape(kept)).Cast(dtype);
        }
        )));
        column.Add(StdOp.Row, new PerInputRule((Input(0) | Output(0), (in BackwardContext c) =>
        {
            // g (x - mean) / (y (n - correction)): the quotient by y first, since squares may be beyond the element type. Where y is 0, 0.
            var (distance, freedom, kept) = Spread(c, ((StdOp)c.Op).Axes, c.Input(0));
            var y = c.Output().Reshape(kept);
            var zero = y.Eq(0);
            var factor = Tensor.Where(zero, Functional.Constant(y, 0), (c.Grad / freedom).Reshape(kept));
            return distance / Tensor.Where(zero, Functional.Constant(y, 1), y) * factor;
        }
        )));
        column.Add(LayerNormOp.Row, new JointRule(
            op => Input(0) | Output(1) | Output(2) | (((LayerNormOp)op).Affine ? Input(1) : None),
            (in BackwardContext c, Span<Tensor?> results) =>
            {
                var op = (LayerNormOp)c.Op;
                var backward = new LayerNormBackwardOp(op.Dims, op.Affine);
                var outputs = new Tensor[backward.OutputCount];
                Tensor[] inputs = op.Affine ? [c.Grad, c.Input(0), c.Output(1), c.Output(2), c.Input(1)] : [c.Grad, c.Input(0), c.Output(1), c.Output(2)];
                Tensor.Apply(backward, inputs, default, outputs);
                for (int i = 1; i < outputs.Length; i++)
                    results[i] = outputs[i];
                results[0] = AddStatistics(c, outputs[0], op.Dims);
            }));
        column.Add(RmsNormOp.Row, new JointRule(
            op => Input(0) | Output(1) | (((RmsNormOp)op).Affine ? Input(1) : None),
            (in BackwardContext c, Span<Tensor?> results) =>
            {
                var op = (RmsNormOp)c.Op;
                var backward = new RmsNormBackwardOp(op.Dims, op.Affine);
                var outputs = new Tensor[backward.OutputCount];
                Tensor[] inputs = op.Affine ? [c.Grad, c.Input(0), c.Output(1), c.Input(1)] : [c.Grad, c.Input(0), c.Output(1)];
                Tensor.Apply(backward, inputs, default, outputs);
                outputs.CopyTo(results);

                // The second output is rstd: d rstd / dx = -rstd^3 x / n.
                if (c.GradOf(1) is { } rstd)
                    results[0] = outputs[0] + OfRstd(rstd, c.Output(1), c.Input(0), Normalized(c, op.Dims)).To(outputs[0].DType);
            }));
        column.Add(CrossEntropyOp.Row, new PerInputRule(
            (Input(0) | Input(1) | Output(1), (in BackwardContext c) =>
            {
                var gradient = Tensor.Apply(CrossEntropyBackwardOp.Instance, [c.Grad, c.Input(0), c.Input(1), c.Output(1)], default);

                // The second output is logsumexp: its own gradient is the softmax.
                return c.GradOf(1) is { } g ? gradient + (g * (c.Input(0) - c.Output(1)).Exp()).To(gradient.DType) : gradient;
            }
        ),
            (None, (in BackwardContext c) => null)));
        column.Add(AttentionOp.Row, new JointRule(
            op => Input(0) | Input(1) | Input(2) | Output(0) | Output(1) | (((AttentionOp)op).Masked ? Input(3) : None), Attention));
        column.Add(DropoutOp.Row, new PerInputRule((Output(1), (in BackwardContext c) =>
        {
            double p = c.Scalars[0].ToDouble();
            return Tensor.Where(c.Output(1), c.Grad * (p < 1 ? 1 / (1 - p) : 0), Tensor.Zeros([], c.Grad.DType, c.Grad.Device));
        }
        )));
    }

    /// <summary>The shares of both, and the way between them.</summary>
    private static void LerpBy(in BackwardContext c, Span<Tensor?> results)
    {
        var (dtype, wide) = (c.Grad.DType, c.Grad.DType.Accumulator());
        Tensor g = c.Grad.Cast(wide), weight = c.Input(2).Cast(wide);
        results[0] = c.Wants(0) ? (g * (1 - weight)).Cast(dtype) : null;
        results[1] = c.Wants(1) ? (g * weight).Cast(dtype) : null;
        results[2] = c.Wants(2) ? (g * (c.Input(1).Cast(wide) - c.Input(0).Cast(wide))).Cast(dtype) : null;
    }

    /// <summary>g / (1 + e^(b - a)) for a. Between equal infinities, whose difference is NaN, it is that of equal numbers.</summary>
    private static void LogAddExp(in BackwardContext c, Span<Tensor?> results)
    {
        var (dtype, wide) = (c.Grad.DType, c.Grad.DType.Accumulator());
        double beta = ((LogAddExpOp)c.Op).Binary ? Math.Log(2) : 1;
        var (g, apart) = (c.Grad.Cast(wide), Finite(c.Input(0).Cast(wide)) - Finite(c.Input(1).Cast(wide)));
        for (int i = 0; i < 2; i++)
            if (c.Wants(i))
                results[i] = Tensor.Apply(SoftplusBackwardOp.Instance, [g, apart], [i == 0 ? beta : -beta, double.PositiveInfinity]).Cast(dtype);

        static Tensor Finite(Tensor x) => Tensor.Apply(new ClampOp(Inclusive: true), [x], [-Tensor.Largest(x.DType), Tensor.Largest(x.DType)]);
    }

    /// <summary>The second output is the logarithm of the denominators: its gradient adds to that of the scores, in proportion to the weights.</summary>
    private static void Attention(in BackwardContext c, Span<Tensor?> results)
    {
        var op = (AttentionOp)c.Op;
        var (y, total) = (c.Output(0), c.Output(1));
        var delta = (c.Grad.Cast(total.DType) * y.Cast(total.DType)).Sum(-1, keepDim: true);
        if (c.GradOf(1) is { } ofTotal)
            delta = delta - ofTotal;
        Tensor[] inputs = op.Masked
            ? [c.Grad, c.Input(0), c.Input(1), c.Input(2), total, delta, c.Input(3)]
            : [c.Grad, c.Input(0), c.Input(1), c.Input(2), total, delta];
        var outputs = new Tensor[3];
        Tensor.Apply(new AttentionBackwardOp(op.Causal, op.Masked), inputs, c.Scalars, outputs);
        for (int i = 0; i < outputs.Length; i++)
            results[i] = outputs[i];
    }

    /// <summary>
    /// Mean and rstd are outputs, too; a gradient of the gradient reaches them: d mean / dx = 1/n, d rstd / dx = -rstd^3 (x - mean) / n.
    /// </summary>
    private static Tensor AddStatistics(in BackwardContext c, Tensor gradient, int dims)
    {
        double count = Normalized(c, dims);
        if (c.GradOf(1) is { } mean)
            gradient = gradient + (mean / count).To(gradient.DType);
        if (c.GradOf(2) is { } rstd)
            gradient = gradient + OfRstd(rstd, c.Output(2), c.Input(0) - c.Output(1), count).To(gradient.DType);
        return gradient;
    }

    /// <summary>What reaches a distance from the mean, or from 0, through its root of the mean square.</summary>
    private static Tensor OfRstd(Tensor gradient, Tensor rstd, Tensor distance, double count) =>
        gradient * (rstd * rstd * rstd) * distance * (-1 / count);

    /// <summary>How many elements are normalized together.</summary>
    private static double Normalized(in BackwardContext c, int dims)
    {
        double count = 1;
        foreach (long size in c.InputSpec(0).Shape.AsSpan()[^dims..])
            count *= size;
        return count;
    }

    /// <summary>Distances from the mean, what their squares are divided by, and the shape in which reduced dimensions are 1.</summary>
    private static (Tensor Distance, double Freedom, Shape Kept) Spread(in BackwardContext c, ValueArray<int> axes, Tensor x)
    {
        var shape = c.InputSpec(0).Shape;
        double count = axes.Aggregate(1.0, (product, axis) => product * shape[axis]);
        var mean = Tensor.Apply(new MeanOp(axes, KeepDim: true), [x], default);
        return (x - mean, Math.Max(0, count - c.Scalars[0].ToDouble()), ReducedShape.Of(shape, axes.AsSpan(), keepDim: true, c.Op.Kind.Name));
    }
}
