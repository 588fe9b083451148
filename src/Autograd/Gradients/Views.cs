using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddViews(OpColumn<GradientRule> column)
    {
        column.Add(ReshapeOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.Reshape(c.InputSpec(0).Shape))));
        column.Add(PermuteOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.Apply(((PermuteOp)c.Op).Inverse()))));
        column.Add(ExpandOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.SumToSize(c.InputSpec(0).Shape))));
        column.Add(SliceOp.Row, new PerInputRule((None, InZeros)));
        column.Add(DiagonalOp.Row, new PerInputRule((None, InZeros)));
        column.Add(UnfoldOp.Row, new PerInputRule((None, SumOfWindows)));
    }

    /// <summary>Of what shows each element at most once: the gradient where it shows them, zeros elsewhere.</summary>
    private static Tensor InZeros(in BackwardContext c) => ((ViewOp)c.Op).WriteBack(TensorOps.Instance, Zeros(c), c.Grad);

    /// <summary>Of windows, in which an element may show several times: the sum.</summary>
    private static Tensor SumOfWindows(in BackwardContext c)
    {
        var op = (UnfoldOp)c.Op;
        var windows = c.Grad.MoveDim(-1, op.Axis + 1);
        var (count, size) = (windows.Shape[op.Axis], windows.Shape[op.Axis + 1]);
        var positions = (Tensor.Arange(count, device: c.Grad.Device) * op.Step).Unsqueeze(1) + Tensor.Arange(size, device: c.Grad.Device);
        var elements = windows.Flatten(op.Axis, op.Axis + 1);
        Span<long> along = stackalloc long[elements.Dim];
        along.Fill(1);
        along[op.Axis] = count * size;
        return Zeros(c).ScatterAdd(op.Axis, positions.Reshape(along).Expand(elements.Shape), elements);
    }

    private static Tensor Zeros(in BackwardContext c) => Zeros(c, c.InputSpec(0).Shape);

    /// <summary>One zero, broadcast: what writes into its copy need not read as many.</summary>
    private static Tensor Zeros(in BackwardContext c, Shape shape) => Zero(c).Expand(shape);
}
