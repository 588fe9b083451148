using static Nabla.Tests.InferCase;

namespace Nabla.Tests;

public sealed class ViewInferTests
{
    [Fact]
    public void Reshape_OtherCount_IsRefused()
    {
        Assert.Equal(F(6), Infer(new ReshapeOp([6]), [F(2, 3)]));
        Refuses<ShapeException>("[7] does not hold the 6 elements of [2, 3]", new ReshapeOp([7]), [F(2, 3)]);
    }

    [Fact]
    public void Expand_OnlyOnesStretch()
    {
        Assert.Equal(F(4, 2, 3), Infer(new ExpandOp([4, 2, 3]), [F(1, 3)]));
        Assert.Equal(F(0), Infer(new ExpandOp([0]), [F(1)]));
        Refuses<ShapeException>("[2] does not expand to [3]: size 2 of dimension 0 is neither 1 nor 3", new ExpandOp([3]), [F(2)]);
        Refuses<ShapeException>("[1, 2] has more dimensions than [2]", new ExpandOp([2]), [F(1, 2)]);
    }

    [Fact]
    public void Permute_EveryDimensionOnce()
    {
        Assert.Equal(F(4, 2, 3), Infer(new PermuteOp([2, 0, 1]), [F(2, 3, 4)]));
        Refuses<TensorArgumentException>("[0, 0, 1] does not name every dimension of [2, 3, 4] once", new PermuteOp([0, 0, 1]), [F(2, 3, 4)]);
        Refuses<TensorArgumentException>("[0, 1] does not name", new PermuteOp([0, 1]), [F(2, 3, 4)]);
        Refuses<TensorArgumentException>("[0, -1, 1] does not name", new PermuteOp([0, -1, 1]), [F(2, 3, 4)]);
        Assert.Equal(new PermuteOp([1, 2, 0]), new PermuteOp([2, 0, 1]).Inverse());
    }

    [Fact]
    public void Slice_InsideTheTensor()
    {
        Assert.Equal(F(2, 2), Infer(new SliceOp([0, 3], [2, 2], [1, -2]), [F(2, 4)]));
        Assert.Equal(F(0), Infer(new SliceOp([99], [0], [1]), [F(4)]));
        Refuses<TensorIndexException>("3 elements from 2 by 1 leave dimension 0 of [4]", new SliceOp([2], [3], [1]), [F(4)]);
        Refuses<TensorIndexException>("2 elements from 0 by -1 leave dimension 0", new SliceOp([0], [2], [-1]), [F(4)]);
        Refuses<TensorIndexException>("from 0 by 0 leave", new SliceOp([0], [2], [0]), [F(4)]);
        Refuses<TensorIndexException>("-1 elements", new SliceOp([0], [-1], [1]), [F(4)]);
        Refuses<TensorIndexException>("leave dimension 0", new SliceOp([0], [5], [1L << 62]), [F(4)]); // wraps to 0 in 64 bits
        Refuses<TensorArgumentException>("takes 1 starts, sizes and steps, not 2, 1 and 1", new SliceOp([0, 0], [1], [1]), [F(4)]);
    }
}
