using static Nabla.Tests.InferCase;

namespace Nabla.Tests;

public sealed class ElementwiseInferTests
{
    [Fact]
    public void Unary_KeepsTheSpecOrTurnsToBool()
    {
        Assert.Equal(F(2, 3), Infer(UnaryOp.Exp, [F(2, 3)]));
        Assert.Equal(B(2), Infer(UnaryOp.IsNaN, [F(2)]));
        Assert.Equal(I(2), Infer(UnaryOp.BitwiseNot, [I(2)]));
    }

    [Fact]
    public void Unary_WrongElementType_IsRefused()
    {
        Refuses<DTypeException>("int64 is not among its element types (floating point); convert with To(dtype)", UnaryOp.Exp, [I(2)]);
        Refuses<DTypeException>("bool is not among its element types (integers and floating point)", UnaryOp.Neg, [B(2)]);
        Refuses<DTypeException>("float32 is not among its element types (integers and bool)", UnaryOp.BitwiseNot, [F(2)]);
    }

    [Fact]
    public void Binary_BroadcastsOrComparesToBool()
    {
        Assert.Equal(F(2, 3), Infer(BinaryOp.Add, [F(2, 1), F(3)]));
        Assert.Equal(B(2, 3), Infer(BinaryOp.Lt, [F(2, 1), F(3)]));
        Assert.Equal(F(3), Infer(BinaryOp.Add.With(ScalarSide.Right), [F(3)], 2));
        Assert.Equal(B(3), Infer(BinaryOp.Eq.With(ScalarSide.Left), [I(3)], 2));
    }

    [Fact]
    public void Binary_BadOperands_AreRefused()
    {
        Refuses<DTypeException>("element types differ: float32[2] and int64[2]", BinaryOp.Add, [F(2), I(2)]);
        Refuses<ShapeException>("shapes [2, 3] and [4] do not broadcast", BinaryOp.Mul, [F(2, 3), F(4)]);
        Refuses<DTypeException>("float32 is not among its element types (bool)", BinaryOp.LogicalAnd, [F(2), F(2)]);
        Refuses<DTypeException>("int64 is not among", BinaryOp.Div, [I(2), I(2)]);
        Refuses<TensorArgumentException>("takes 2 tensors and 0 scalars, not 1 and 0", BinaryOp.Add, [F(2)]);
        Refuses<TensorArgumentException>("takes 1 tensors and 1 scalars, not 1 and 0", BinaryOp.Add.With(ScalarSide.Left), [F(2)]);
    }

    [Fact]
    public void Binary_Variants_DifferInIdentityButNotInKind()
    {
        Assert.NotEqual(BinaryOp.Add, BinaryOp.Add.With(ScalarSide.Left));
        Assert.NotEqual(BinaryOp.Add.With(ScalarSide.Right), BinaryOp.Add.With(ScalarSide.Left));
        Assert.Same(BinaryOp.Add.Kind, BinaryOp.Add.With(ScalarSide.Left).Kind);
        Assert.Same(BinaryOp.Add.With(ScalarSide.Left), BinaryOp.Add.With(ScalarSide.Right).With(ScalarSide.Left));
        Assert.Throws<ArgumentOutOfRangeException>(() => BinaryOp.Add.With(ScalarSide.None));
    }

    [Fact]
    public void Where_BroadcastsAllThree()
    {
        Assert.Equal(F(4, 2, 3), Infer(WhereOp.Instance, [B(4, 1, 1), F(2, 1), F(3)]));
        Refuses<DTypeException>("float32 is not among", WhereOp.Instance, [F(2), F(2), F(2)]);
        Refuses<DTypeException>("element types differ: float32[2] and int64[2]", WhereOp.Instance, [B(2), F(2), I(2)]);
        Refuses<ShapeException>("do not broadcast", WhereOp.Instance, [B(3), F(2), F(2)]);
    }

    [Fact]
    public void CastAndCopy_TakeAnything()
    {
        Assert.Equal(I(2, 0), Infer(new CastOp(DType.Int64), [F(2, 0)]));
        Assert.Equal(B(3), Infer(CopyOp.Instance, [B(3)]));
    }
}
