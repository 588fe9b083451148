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
}
