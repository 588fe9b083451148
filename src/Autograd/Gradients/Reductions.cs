using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddReductions(OpColumn<GradientRule> column)
    {
        column.Add(ReduceOp.SumRow, new PerInputRule((None, (in BackwardContext c) => Spread(c, c.Grad))));
        column.Add(ReduceOp.ProdRow, new PerInputRule((Input(0), Prod)));

        // Equal elements share the gradient.
        Vjp extreme = (in BackwardContext c) =>
        {
            var x = c.Input(0);
            var chosen = x.Eq(Spread(c, c.Output())).To(x.DType);
            var op = (ReduceOp)c.Op;
            return Spread(c, c.Grad) * chosen / chosen.Sum(op.Axes.AsSpan(), keepDim: true);
        };
        column.Add(ReduceOp.MaxRow, new PerInputRule((Input(0) | Output(0), extreme)));
        column.Add(ReduceOp.MinRow, new PerInputRule((Input(0) | Output(0), extreme)));
    }

    /// <summary>A reduced value, seen in the shape of the input.</summary>
    private static Tensor Spread(in BackwardContext c, Tensor reduced)
    {
        var op = (ReduceOp)c.Op;
        var shape = c.InputSpec(0).Shape;
        return reduced.Reshape(ReducedShape.Of(shape, op.Axes.AsSpan(), keepDim: true, c.Op.Kind.Name)).Expand(shape);
    }

    /// <summary>
    /// The product of all others, without dividing by elements that may be 0: the axes are flattened into one, and each element's
    /// others are selected by a mask.
    /// </summary>
    private static Tensor? Prod(in BackwardContext c)
    {
        var op = (ReduceOp)c.Op;
        var x = c.Input(0);
        var shape = x.Shape;
        if (shape.ElementCount == 0)
            return Tensor.ZerosLike(x);

        // Bring the reduced dimensions to the end, as one.
        var kept = Enumerable.Range(0, shape.Rank).Where(d => !op.Axes.Contains(d)).ToArray();
        int[] order = [.. kept, .. op.Axes];
        long count = op.Axes.Aggregate(1L, (product, axis) => product * shape[axis]);
        var moved = x.Permute(order);
        var rows = moved.Reshape(-1, count);

        // others[r, i] = prod over j != i of rows[r, j]
        var eye = Tensor.Eye(count, DType.Bool, x.Device);
        var others = Tensor.Where(eye, Tensor.Ones([], x.DType, x.Device), rows.Unsqueeze(1)).Prod(-1);
        return Spread(c, c.Grad) * others.Reshape(moved.Shape).Permute(new PermuteOp(ValueArray.Create<int>(order)).Inverse().Order.AsSpan());
    }
}
