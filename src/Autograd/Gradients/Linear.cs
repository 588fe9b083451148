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

        // Y = X W^T + b: dX = G W, dW = G^T X with the leading dimensions as one, db = sum G.
        column.Add(LinearOp.Row, new PerInputRule(
            (Input(1), (in BackwardContext c) => c.Grad.MatMul(c.Input(1))),
            (Input(0), (in BackwardContext c) => Rows(c.Grad).MT.MatMul(Rows(c.Input(0)))),
            (None, (in BackwardContext c) => c.Grad.SumToSize(c.InputSpec(2).Shape))));
    }

    private static Tensor Rows(Tensor x) => x.Dim == 2 ? x : x.Flatten(0, -2);
}
