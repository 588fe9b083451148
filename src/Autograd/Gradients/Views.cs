using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddViews(OpColumn<GradientRule> column)
    {
        column.Add(ReshapeOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.Reshape(c.InputSpec(0).Shape))));
        column.Add(PermuteOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.Apply(((PermuteOp)c.Op).Inverse()))));
        column.Add(ExpandOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.SumToSize(c.InputSpec(0).Shape))));
        column.Add(SliceOp.Row, new PerInputRule((None, (in BackwardContext c) =>
        {
            var whole = Tensor.Zeros(c.InputSpec(0).Shape, c.Grad.DType, c.Grad.Device);
            return Tensor.Apply(new SliceScatterOp((SliceOp)c.Op), [whole, c.Grad], default);
        }
        )));
    }
}
