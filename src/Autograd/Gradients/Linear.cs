using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddLinear(OpColumn<GradientRule> column)
    {
        // Y = A B: dA = G B^T, dB = A^T G, summed over the dimensions that were broadcast.
        column.Add(MatMulOp.Row, new PerInputRule(
            (Input(1), (in BackwardContext c) => c.Grad.MatMul(c.Input(1).MT).SumToSize(c.InputSpec(0).Shape)),
            (Input(0), (in BackwardContext c) => c.Input(0).MT.MatMul(c.Grad).SumToSize(c.InputSpec(1).Shape))));

        column.Add(LinearOp.Row, new LinearRule());
    }

    /// <summary>
    /// Y = f(Z), Z = X W^T + b: dX = G W, dW = G^T X with the leading dimensions as one, db = sum G, where G is the gradient of Z: that of Y, through
    /// the row of f, if Y tells it. Other activations need Z, so they are recorded on their own.
    /// </summary>
    private sealed class LinearRule : GradientRule
    {
        public override bool Covers(Op op) => ((LinearOp)op).Activation is not { } activation || Find(activation) is ResultRule;

        public override uint Mask(Op op, ReadOnlySpan<GraphValue> inputs) =>
            (inputs[0].Node is not null ? Input(1) : None) | (inputs[1].Node is not null ? Input(0) : None) | (((LinearOp)op).Activation is null ? None : Output(0));

        public override void Apply(in BackwardContext context, Span<Tensor?> results)
        {
            var gradient = context.Grad;
            if (((LinearOp)context.Op).Activation is { } activation)
                gradient = ((ResultRule)Require(activation)).Product(gradient, context.Output());
            if (context.Wants(0))
                results[0] = gradient.MatMul(context.Input(1));
            if (context.Wants(1))
                results[1] = Rows(gradient).MT.MatMul(Rows(context.Input(0)));
            if (context.InputCount > 2 && context.Wants(2))
                results[2] = gradient.SumToSize(context.InputSpec(2).Shape);
        }

        private static Tensor Rows(Tensor x) => x.Dim == 2 ? x : x.Flatten(0, -2);
    }
}
