using static Nabla.Tests.InferCase;

namespace Nabla.Tests;

public sealed class MovementInferTests
{
    [Fact]
    public void Concat_OtherSizesAreEqual()
    {
        Assert.Equal(F(2, 7), Infer(new ConcatOp(1), [F(2, 3), F(2, 4)]));
        Refuses<TensorArgumentException>("nothing to join", new ConcatOp(0), []);
        Refuses<TensorIndexException>("dimension 2 is out of range for [2, 3]", new ConcatOp(2), [F(2, 3)]);
        Refuses<TensorIndexException>("dimension -1", new ConcatOp(-1), [F(2, 3)]);
        Refuses<ShapeException>("the numbers of dimensions differ", new ConcatOp(0), [F(2, 3), F(2)]);
        Refuses<ShapeException>("only dimension 0 may differ, dimension 1 does", new ConcatOp(0), [F(2, 3), F(2, 4)]);
        Refuses<DTypeException>("element types differ", new ConcatOp(0), [F(2), I(2)]);
    }

    [Fact]
    public void Pad_AddsOnBothSides()
    {
        Assert.Equal(F(3, 7), Infer(new PadOp([1, 0], [0, 4]), [F(2, 3)], 0));
        Refuses<TensorArgumentException>("cannot be negative; slice to cut", new PadOp([-1], [0]), [F(2)], 0);
        Refuses<TensorArgumentException>("takes 1 paddings before and after, not 2 and 1", new PadOp([0, 0], [0]), [F(2)], 0);
    }

    [Fact]
    public void Gather_IndexDecidesTheShape()
    {
        Assert.Equal(F(2, 5), Infer(new GatherOp(1), [F(2, 3), I(2, 5)]));
        Refuses<DTypeException>("indices are int64, not float32; convert with To(DType.Int64)", new GatherOp(1), [F(2, 3), F(2, 5)]);
        Refuses<ShapeException>("differ in their number of dimensions", new GatherOp(0), [F(2, 3), I(2)]);
        Refuses<ShapeException>("the index [3, 5] is larger than the tensor [2, 3] in dimension 0", new GatherOp(1), [F(2, 3), I(3, 5)]);
        Refuses<TensorIndexException>("dimension 2 is out of range for [2, 3]", new GatherOp(2), [F(2, 3), I(2, 3)]);
    }

    [Fact]
    public void ScatterAdd_SourceCoversTheIndex()
    {
        Assert.Equal(F(2, 3), Infer(new ScatterAddOp(1), [F(2, 3), I(2, 5), F(2, 6)]));
        Refuses<ShapeException>("the index [2, 5] is larger than the source [2, 4] in dimension 1", new ScatterAddOp(1), [F(2, 3), I(2, 5), F(2, 4)]);
        Refuses<ShapeException>("the index [2, 5] and the source [10] differ", new ScatterAddOp(1), [F(2, 3), I(2, 5), F(10)]);
        Refuses<DTypeException>("element types differ: float32[2, 3] and int64[2, 5]", new ScatterAddOp(1), [F(2, 3), I(2, 5), I(2, 5)]);
        Refuses<DTypeException>("bool is not among", new ScatterAddOp(0), [B(2), I(2), B(2)]);
    }

    [Fact]
    public void SliceScatter_ValueHasTheShapeOfTheSlice()
    {
        var op = new SliceScatterOp(new SliceOp([1], [2], [1]));
        Assert.Equal(F(4), Infer(op, [F(4), F(2)]));
        Refuses<ShapeException>("the value [3] does not have the shape of the slice, [2]", op, [F(4), F(3)]);
        Refuses<DTypeException>("element types differ", op, [F(4), I(2)]);
    }
}
