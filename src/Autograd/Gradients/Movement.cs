using static Nabla.SaveMask;

namespace Nabla;

internal static partial class GradientTable
{
    private static void AddMovement(OpColumn<GradientRule> column)
    {
        column.Add(CopyOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad)));
        column.Add(CastOp.Row, new PerInputRule((None, (in BackwardContext c) => c.Grad.To(c.InputSpec(0).DType))));
        column.Add(WhereOp.Row, new PerInputRule(
            (None, (in BackwardContext c) => null),
            (Input(0), (in BackwardContext c) => Tensor.Where(c.Input(0), c.Grad, Zero(c)).SumToSize(c.InputSpec(1).Shape)),
            (Input(0), (in BackwardContext c) => Tensor.Where(c.Input(0), Zero(c), c.Grad).SumToSize(c.InputSpec(2).Shape))));
        column.Add(PadOp.Row, new PerInputRule((None, (in BackwardContext c) =>
        {
            var op = (PadOp)c.Op;
            var shape = c.InputSpec(0).Shape;
            return c.Grad.Apply(new SliceOp(op.Before, ValueArray.Create(shape.AsSpan()), Ones(shape.Rank)));
        }
        )));
        column.Add(ConcatOp.Row, new JointRule(_ => None, (in BackwardContext c, Span<Tensor?> results) =>
        {
            int axis = ((ConcatOp)c.Op).Axis;
            long start = 0;
            for (int i = 0; i < results.Length; i++)
            {
                long size = c.InputSpec(i).Shape[axis];
                if (c.Wants(i))
                    results[i] = c.Grad.Narrow(axis, start, size);
                start += size;
            }
        }));
        column.Add(GatherOp.Row, new PerInputRule(
            (Input(1), (in BackwardContext c) =>
                Zeros(c).ScatterAdd(((GatherOp)c.Op).Axis, c.Input(1), c.Grad)),
            (None, (in BackwardContext c) => null)));
        column.Add(ScatterAddOp.Row, new PerInputRule(
            (None, (in BackwardContext c) => c.Grad),
            (None, (in BackwardContext c) => null),
            (Input(1), (in BackwardContext c) =>
            {
                // The index may cover only the first part of the source: the rest was not read.
                var index = c.Input(1);
                var part = c.Grad.Gather(((ScatterAddOp)c.Op).Axis, index);
                var source = c.InputSpec(2).Shape;
                if (index.Shape == source)
                    return part;
                var whole = Zeros(c, source);
                var corner = new SliceOp(ValueArray.Create<long>(new long[source.Rank]), ValueArray.Create(index.Shape.AsSpan()), Ones(source.Rank));
                return Tensor.Apply(new SliceScatterOp(corner), [whole, part], default);
            }
        )));
        column.Add(SliceScatterOp.Row, new PerInputRule(
            (None, (in BackwardContext c) =>
            {
                var hole = Zeros(c, c.InputSpec(1).Shape);
                return Tensor.Apply(c.Op, [c.Grad, hole], default);
            }
        ),
            (None, (in BackwardContext c) => c.Grad.Apply(((SliceScatterOp)c.Op).Slice))));
    }

    private static Tensor Zero(in BackwardContext c) => Tensor.Zeros([], c.Grad.DType, c.Grad.Device);

    private static Tensor One(in BackwardContext c) => Tensor.Ones([], c.Grad.DType, c.Grad.Device);

    private static ValueArray<long> Ones(int rank)
    {
        Span<long> ones = stackalloc long[rank];
        ones.Fill(1);
        return ValueArray.Create<long>(ones);
    }
}
