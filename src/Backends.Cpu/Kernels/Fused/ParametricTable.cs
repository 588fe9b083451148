namespace Nabla;

/// <summary>
/// The composites that have numbers beside one or two tensors (activations with parameters, limits, the losses between square and distance), and what
/// else is elementwise and no small program needs.
/// </summary>
internal static class ParametricTable
{
    public static void AddTo(OpColumn<CpuKernel> column)
    {
        column.Add(EluOp.Row, Fused(new ParametricKernel<EluOperators.Elu>(cost: 8, cost64: 24)));
        column.Add(EluBackwardOp.Row, Fused(new ParametricKernel<EluOperators.EluBackward>(cost: 8, cost64: 24)));
        column.Add(SoftplusOp.Row, Fused(new ParametricKernel<SoftplusOperators.Softplus>(cost: 10, cost64: 40)));
        column.Add(SoftplusBackwardOp.Row, Fused(new ParametricKernel<SoftplusOperators.SoftplusBackward>(cost: 8, cost64: 24)));
        column.Add(ClampOp.Row, Fused(Of<PiecewiseOperators.Clamp>()));
        column.Add(ClampBackwardOp.Row, Fused(new ByVariant(
            static op => ((ClampBackwardOp)op).Inclusive, Of<PiecewiseOperators.ClampBackward>(), Of<PiecewiseOperators.HardtanhBackward>())));
        column.Add(LeakyReluOp.Row, Fused(Of<PiecewiseOperators.LeakyRelu>()));
        column.Add(LeakyReluBackwardOp.Row, Fused(Of<PiecewiseOperators.LeakyReluBackward>()));
        column.Add(PReluOp.Row, Fused(Of<PiecewiseOperators.PRelu>()));
        column.Add(HardsigmoidOp.Row, Fused(Of<PiecewiseOperators.Hardsigmoid>()));
        column.Add(ShrinkOp.Row, Fused(new ByVariant(static op => ((ShrinkOp)op).Soft, Of<PiecewiseOperators.Softshrink>(), Of<PiecewiseOperators.Hardshrink>())));
        column.Add(ShrinkBackwardOp.Row, Fused(Of<PiecewiseOperators.ShrinkBackward>()));
        column.Add(NanToNumOp.Row, Fused(Of<PiecewiseOperators.NanToNum>()));
        column.Add(AddScaledOp.Row, Fused(Of<PiecewiseOperators.AddScaled>()));
        column.Add(LerpOp.Row, Fused(Of<PiecewiseOperators.Lerp>()));
        column.Add(LerpByOp.Row, Fused(new TripleKernel<TripleOperators.LerpBy>(cost: 3)));
        column.Add(MultiplyAddOp.Row, Fused(new TripleKernel<TripleOperators.MultiplyAdd>(cost: 1)));
        column.Add(FracOp.Row, Fused(new UnaryKernel(Rows.VectorFloat<FloatOperators.Frac>(cost: 1))));
        column.Add(LogAddExpOp.Row, Fused(new ByVariant(
            static op => ((LogAddExpOp)op).Binary,
            new ParametricKernel<LogAddExpOperators.Binary>(cost: 10, cost64: 40), new ParametricKernel<LogAddExpOperators.Natural>(cost: 10, cost64: 40))));
        column.Add(GcdOp.Row, Fused(new PairKernel(Rows.Integer2<DivisorOperators.Gcd>(cost: 100))));
        column.Add(LcmOp.Row, Fused(new PairKernel(Rows.Integer2<DivisorOperators.Lcm>(cost: 100))));
        column.Add(HuberOp.Row, Fused(Of<PiecewiseOperators.Huber>()));
        column.Add(HuberSlopeOp.Row, Fused(Of<PiecewiseOperators.HuberSlope>()));
    }

    private static FusedElementwise Fused(CpuKernel kernel) => new(kernel, static _ => true);

    private static ParametricKernel<ParametricFormula<TFormula>> Of<TFormula>() where TFormula : struct, IParametricFormula => new(cost: 2, cost64: 4);
}
