using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddReductions(OpColumn<GradientRule> column)
    {
        column.Add(ReduceOp.SumRow, new PerInputRule((None, (in BackwardContext c) => Spread(c, c.Grad))));
        column.Add(ReduceOp.ProdRow, new PerInputRule((Input(0), Prod)));

        // Equal elements share the gradient; so do those that are NaN, which then are the result.
        Vjp extreme = (in BackwardContext c) =>
        {
            var x = c.Input(0);
            var chosen = x.Eq(Spread(c, c.Output())).LogicalOr(x.IsNaN()).To(x.DType);
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

    /// <summary>The product of all others, without dividing by elements that may be 0; the axes are flattened into one.</summary>
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
        var others = Others(moved.Reshape(-1, count).To(x.DType.Accumulator())).To(x.DType); // parts of a product may leave the range of a half type
        return Spread(c, c.Grad) * others.Reshape(moved.Shape).Permute(new PermuteOp(ValueArray.Create<int>(order)).Inverse().Order.AsSpan());
    }

    /// <summary>
    /// others[r, i] = the product over j != i of rows[r, j], in linear time: the others of an element are its neighbour in the pair and the
    /// others of the pair, which half as many products give.
    /// </summary>
    private static Tensor Others(Tensor rows)
    {
        long count = rows.Shape[1];
        if (count == 1)
            return Tensor.OnesLike(rows);
        var pairs = (count % 2 == 0 ? rows : rows.Pad([0, 1], value: 1)).Unflatten(1, -1, 2);
        var products = pairs.Select(2, 0) * pairs.Select(2, 1);
        return (Others(products).Unsqueeze(2) * pairs.Flip(2)).Flatten(1).Narrow(1, 0, count);
    }
}
