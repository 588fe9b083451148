namespace Nabla;

/// <summary>The composites that run fused.</summary>
internal static class FusedTable
{
    public static void AddTo(OpColumn<CpuKernel> column)
    {
        column.Add(ReluOp.Row, new FusedElementwise(new UnaryKernel(Rows.Number<NumberOperators.Relu>()), static _ => true));
        column.Add(ReluBackwardOp.Row, new FusedElementwise(new PairKernel(Rows.Float32Pair<ActivationOperators.ReluBackward>(cost: 2)), FusedKernel.IsSingle));
        column.Add(SiluOp.Row, new FusedElementwise(new UnaryKernel(Rows.Float32<ActivationOperators.Silu>()), FusedKernel.IsSingle));
        column.Add(SiluBackwardOp.Row, new FusedElementwise(new PairKernel(Rows.Float32Pair<ActivationOperators.SiluBackward>()), FusedKernel.IsSingle));
        column.Add(GeluOp.Row, new FusedElementwise(
            new ByVariant(static op => ((GeluOp)op).Tanh, new UnaryKernel(Rows.Float32<ActivationOperators.GeluTanh>()), new UnaryKernel(Rows.Float32<ActivationOperators.Gelu>())), FusedKernel.IsSingle));
        column.Add(GeluBackwardOp.Row, new FusedElementwise(
            new ByVariant(static op => ((GeluBackwardOp)op).Tanh, new PairKernel(Rows.Float32Pair<ActivationOperators.GeluTanhBackward>()), new PairKernel(Rows.Float32Pair<ActivationOperators.GeluBackward>())), FusedKernel.IsSingle));
        column.Add(EluOp.Row, new FusedElementwise(new ParametricKernel<EluOperators.Elu>(cost: 8, cost64: 24), static _ => true));
        column.Add(EluBackwardOp.Row, new FusedElementwise(new ParametricKernel<EluOperators.EluBackward>(cost: 8, cost64: 24), static _ => true));
        column.Add(ClampOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.Clamp>(cost: 2, cost64: 4), static _ => true));
        column.Add(ClampBackwardOp.Row, new FusedElementwise(
            new ByVariant(
                static op => ((ClampBackwardOp)op).Inclusive, new ParametricKernel<PiecewiseOperators.ClampBackward>(cost: 2, cost64: 4),
                new ParametricKernel<PiecewiseOperators.HardtanhBackward>(cost: 2, cost64: 4)), static _ => true));
        column.Add(LeakyReluOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.LeakyRelu>(cost: 2, cost64: 4), static _ => true));
        column.Add(LeakyReluBackwardOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.LeakyReluBackward>(cost: 2, cost64: 4), static _ => true));
        column.Add(ShrinkOp.Row, new FusedElementwise(
            new ByVariant(
                static op => ((ShrinkOp)op).Soft, new ParametricKernel<PiecewiseOperators.Softshrink>(cost: 2, cost64: 4),
                new ParametricKernel<PiecewiseOperators.Hardshrink>(cost: 2, cost64: 4)), static _ => true));
        column.Add(ShrinkBackwardOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.ShrinkBackward>(cost: 2, cost64: 4), static _ => true));
        column.Add(HuberOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.Huber>(cost: 3, cost64: 6), static _ => true));
        column.Add(HuberSlopeOp.Row, new FusedElementwise(new ParametricKernel<PiecewiseOperators.HuberSlope>(cost: 3, cost64: 6), static _ => true));
        column.Add(DropoutOp.Row, new DropoutKernel());
        column.Add(MeanOp.Row, new FusedReduction<MeanReduction, double>(
            static op => ((MeanOp)op).Axes.AsSpan(), static (count, _) => count));
        column.Add(VarOp.Row, new FusedReduction<MomentsReduction, Moments>(
            static op => ((VarOp)op).Axes.AsSpan(), static (count, scalars) => Math.Max(0, count - scalars[0].ToDouble())));
        column.Add(StdOp.Row, new FusedReduction<DeviationReduction, Moments>(
            static op => ((StdOp)op).Axes.AsSpan(), static (count, scalars) => Math.Max(0, count - scalars[0].ToDouble())));
        column.Add(LogSumExpOp.Row, new FusedReduction<LogSumExpReduction, ExpSum>(
            static op => ((LogSumExpOp)op).Axes.AsSpan(), static (_, _) => 1));
        column.Add(SoftmaxOp.Row, new SoftmaxKernel(log: false));
        column.Add(LogSoftmaxOp.Row, new SoftmaxKernel(log: true));
        column.Add(SoftmaxBackwardOp.Row, new SoftmaxBackwardKernel(log: false));
        column.Add(LogSoftmaxBackwardOp.Row, new SoftmaxBackwardKernel(log: true));
        column.Add(CrossEntropyOp.Row, new CrossEntropyKernel());
        column.Add(CrossEntropyBackwardOp.Row, new CrossEntropyBackwardKernel());
        column.Add(LayerNormOp.Row, new LayerNormKernel(centred: true));
        column.Add(LayerNormBackwardOp.Row, new LayerNormBackwardKernel(centred: true));
        column.Add(RmsNormOp.Row, new LayerNormKernel(centred: false));
        column.Add(RmsNormBackwardOp.Row, new LayerNormBackwardKernel(centred: false));
        column.Add(AttentionOp.Row, new AttentionKernel());
        column.Add(AttentionBackwardOp.Row, new AttentionBackwardKernel());
        column.Add(LinearOp.Row, new LinearKernel());
        column.Add(SgdStepOp.Row, new SgdStepKernel());
        column.Add(AdamStepOp.Row, new AdamStepKernel());
        column.Add(AdagradStepOp.Row, new AdagradStepKernel());
        column.Add(RmsPropStepOp.Row, new RmsPropStepKernel());
    }

    /// <summary>One of two kernels, by an attribute of the operation.</summary>
    private sealed class ByVariant(Func<Op, bool> first, CpuKernel ifTrue, CpuKernel ifFalse) : CpuKernel
    {
        public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) =>
            Of(call.Op).Run(device, call, outputs);

        public override Row? RowOf(Op op, DType dtype) => Of(op).RowOf(op, dtype);

        private CpuKernel Of(Op op) => first(op) ? ifTrue : ifFalse;
    }
}
