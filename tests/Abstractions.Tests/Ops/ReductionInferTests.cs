using static Nabla.Tests.InferCase;

namespace Nabla.Tests;

public sealed class ReductionInferTests
{
    [Fact]
    public void Reduce_DropsOrKeepsTheAxes()
    {
        Assert.Equal(F(3), Infer(ReduceOp.Sum([0, 2], keepDim: false), [F(2, 3, 4)]));
        Assert.Equal(F(1, 3, 1), Infer(ReduceOp.Max([0, 2], keepDim: true), [F(2, 3, 4)]));
        Assert.Equal(F(), Infer(ReduceOp.Sum([], keepDim: false), [F()]));
        Assert.Equal(F(2), Infer(ReduceOp.Sum([1], keepDim: false), [F(2, 0)]));
    }

    [Fact]
    public void Reduce_BadAxes_AreRefusedInItsOwnName()
    {
        Refuses<TensorIndexException>("axes [2] are not ascending dimensions of [2, 3]", ReduceOp.Sum([2], false), [F(2, 3)]);
        Refuses<TensorIndexException>("axes [1, 0] are not ascending", ReduceOp.Max([1, 0], false), [F(2, 3)]);
        Refuses<TensorIndexException>("axes [7] are not ascending", ReduceOp.Max([7], false), [F(2, 3)]);
        Refuses<TensorIndexException>("axes [-1] are not ascending", ReduceOp.Min([-1], false), [F(2, 3)]);
    }

    [Fact]
    public void Reduce_NothingToChooseFrom_IsRefused()
    {
        Refuses<ShapeException>("dimension 0 of [0, 3] has no elements", ReduceOp.Max([0], false), [F(0, 3)]);
        Assert.Equal(F(0), Infer(ReduceOp.Max([1], keepDim: false), [F(0, 3)]));
    }

    [Fact]
    public void Reduce_Bool_HasAnyAndAllButNoSum()
    {
        Assert.Equal(B(), Infer(ReduceOp.Max([0], false), [B(3)]));
        Refuses<DTypeException>("bool is not among", ReduceOp.Sum([0], false), [B(3)]);
    }

    [Fact]
    public void ArgReduce_GivesInt64()
    {
        Assert.Equal(I(2), Infer(ArgReduceOp.Max(1, false), [F(2, 3)]));
        Assert.Equal(I(2, 1), Infer(ArgReduceOp.Min(1, true), [F(2, 3)]));
        Refuses<TensorIndexException>("axes [2] are not", ArgReduceOp.Max(2, false), [F(2, 3)]);
        Refuses<TensorIndexException>("axes [0] are not", ArgReduceOp.Max(0, false), [F()]);
        Refuses<ShapeException>("has no elements", ArgReduceOp.Max(0, false), [F(0)]);
        Refuses<DTypeException>("bool is not among", ArgReduceOp.Max(0, false), [B(2)]);
    }
}
