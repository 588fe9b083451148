namespace Nabla.Tests.Graph;

public sealed class InPlaceTests
{
    [Fact]
    public void Write_LeafThatRequiresGrad_Throws()
    {
        var x = Expect.Leaf(1, 2);
        Expect.Throws<AutogradException>(() => x.Add_(1), "leaf", "NoGrad");
        Expect.Values(x, 1, 2);
        Assert.Equal(0, x.Version);
    }

    [Fact]
    public void Write_ViewOfLeaf_Throws()
    {
        var x = Expect.Leaf(1, 2);
        Expect.Throws<AutogradException>(() => x[0].Mul_(2), "view of a leaf");
        Expect.Throws<AutogradException>(() => x[0] = 2.0, "view of a leaf");
    }

    [Fact]
    public void Write_LeafUnderNoGrad_KeepsItALeaf()
    {
        var x = Expect.Leaf(1, 2);
        using (Autograd.NoGrad())
        {
            x.Sub_(0.5);
            x[0] = 4.0;
        }

        Assert.True(x.IsLeaf);
        (x * x).Sum().Backward();
        Expect.Values(x.Grad, 8, 3);
    }

    [Fact]
    public void Write_SavedResult_FailsInBackward()
    {
        var x = Expect.Leaf(1);
        var y = x.Exp();
        y.Add_(1);
        Expect.Throws<AutogradException>(() => y.Sum().Backward(), "exp", "version 1", "version 0");
    }

    [Fact]
    public void Write_SavedInput_FailsInBackward()
    {
        var x = Expect.Leaf(2);
        var w = Tensor.From(new double[] { 3 });
        var y = x * w;
        w.Mul_(2);
        Expect.Throws<AutogradException>(() => y.Backward(), "mul", "in place");
    }

    [Fact]
    public void Write_SavedThroughDetach_FailsInBackward()
    {
        var x = Expect.Leaf(1);
        var y = x.Exp();
        y.Detach().Zero_();
        Expect.Throws<AutogradException>(() => y.Backward(), "exp");
    }

    [Fact]
    public void Write_WhatNobodySaved_IsFine()
    {
        var x = Expect.Leaf(1);
        var y = x + 1;
        y.Mul_(5);
        y.Backward();
        Expect.Values(x.Grad, 5);
    }

    [Fact]
    public void Write_OneOfSeveralViews_Throws()
    {
        var x = Expect.Leaf(1, 2, 3, 4) * 1;
        var parts = x.Split(2);
        Expect.Throws<AutogradException>(() => parts[0].Mul_(2), "split", "Clone");
    }

    [Fact]
    public void Write_ChainOnOneTensor_IsDifferentiatedInOrder()
    {
        var x = Expect.Leaf(0.5);
        var y = x.Clone();
        y.Mul_(2).Add_(1).Sin_().Tanh_();
        y.Backward();
        double inner = Math.Sin(2), slope = 2 * Math.Cos(2) / Math.Pow(Math.Cosh(inner), 2);
        Expect.Values(y, Math.Tanh(inner));
        Expect.Values(x.Grad, slope);
    }

    [Fact]
    public void Write_AfterAWriteThatSavedItsResult_FailsInBackward()
    {
        var y = Expect.Leaf(0.5).Clone();
        y.Tanh_().Add_(1);
        Expect.Throws<AutogradException>(() => y.Backward(), "tanh");
    }

    [Fact]
    public void Write_WithOperandThatRequiresGrad_MakesPlainTensorAResult()
    {
        var w = Expect.Leaf(3);
        var y = Tensor.From(new double[] { 2 });
        Assert.False(y.RequiresGrad);
        y.Mul_(w);
        Assert.True(y.RequiresGrad);
        Assert.False(y.IsLeaf);
        y.Backward();
        Expect.Values(w.Grad, 2);
    }

    [Fact]
    public void Write_PartOfPlainTensor_BringsTheGradientIn()
    {
        var w = Expect.Leaf(3, 4);
        var y = Tensor.Zeros([3], DType.Float64);
        y[1..] = w * 2;
        (y * Tensor.From(new double[] { 1, 10, 100 })).Sum().Backward();
        Expect.Values(w.Grad, 20, 200);
    }

    [Fact]
    public void Write_ThroughView_ChangesTheBase()
    {
        var x = Expect.Leaf(1, 2, 3);
        var y = x * 1;
        y[1].Mul_(10);
        Expect.Values(y, 1, 20, 3);
        y.Sum().Backward();
        Expect.Values(x.Grad, 1, 10, 1);
    }

    [Fact]
    public void Write_Base_IsSeenByAnOlderView()
    {
        var x = Expect.Leaf(1, 2, 3);
        var y = x * 1;
        var view = y[1..];
        y.Mul_(10);
        Expect.Values(view, 20, 30);
        view.Sum().Backward();
        Expect.Values(x.Grad, 0, 10, 10);
    }

    [Fact]
    public void Write_OneView_IsSeenByAnother()
    {
        var x = Expect.Leaf(1, 2, 3);
        var y = x * 1;
        var (head, tail) = (y[..2], y[1..]);
        head.Mul_(10);
        Expect.Values(tail, 20, 3);
        tail.Sum().Backward();
        Expect.Values(x.Grad, 0, 10, 1);
    }

    [Fact]
    public void Write_ThroughTransposedStepView_ReachesTheRightElements()
    {
        var x = Tensor.Arange(6, dtype: DType.Float64).Reshape(2, 3).Clone().RequiresGrad_();
        var y = x * 1;
        y.T[TensorIndex.Slice(0, 3, 2)].Mul_(10);
        Expect.Values(y, 0, 1, 20, 30, 4, 50);
        y.Sum().Backward();
        Expect.Values(x.Grad, 10, 1, 10, 10, 1, 10);
    }

    [Fact]
    public void Write_Constant_CutsTheGradient()
    {
        var x = Expect.Leaf(1, 2, 3);
        var y = x * 2;
        y[..2] = 0;
        y.Sum().Backward();
        Expect.Values(x.Grad, 0, 0, 2);
    }

    [Fact]
    public void Write_ConstantEverywhere_LeavesNothing()
    {
        var x = Expect.Leaf(1, 2);
        var y = x * 2;
        y.Zero_();
        Assert.True(y.RequiresGrad);
        (y.Sum() + x.Sum() * 0).Backward();
        Expect.Values(x.Grad, 0, 0);
    }

    [Fact]
    public void Write_UnderNoGrad_KeepsTheOldGraph()
    {
        var x = Expect.Leaf(1, 2);
        var y = x + 1;
        using (Autograd.NoGrad())
            y.Mul_(100);
        y.Sum().Backward();
        Expect.Values(y, 200, 300);
        Expect.Values(x.Grad, 1, 1);
    }

    [Fact]
    public void Write_LeafSwitchedOffForIt_IsAllowed()
    {
        var w = Expect.Leaf(1, 2);
        w.RequiresGrad = false;
        w.Mul_(3);
        w[0].Add_(1);
        w.RequiresGrad = true;
        (w * w).Sum().Backward();
        Expect.Values(w.Grad, 8, 12);
        Expect.Throws<AutogradException>(() => w.Mul_(3), "leaf");
        Expect.Throws<AutogradException>(() => w[0].Mul_(3), "leaf");
    }

    [Fact]
    public void Write_ExpandedTensor_IsRefused()
    {
        var x = Tensor.Zeros([1], DType.Float64).Expand(3);
        Expect.Throws<MemoryAccessException>(() => x.Add_(1), "Clone");
    }

    [Fact]
    public void Write_ResultOfHigherCategory_IsRefused()
    {
        Expect.Throws<DTypeException>(() => Tensor.Arange(3).Add_(0.5), "int64");
        Expect.Throws<DTypeException>(() => Tensor.Arange(3).Div_(2), "float32");
    }

    /// <summary>Of like floats a sum with a factor is an operation of its own: it broadcasts, promotes and refuses as the one without.</summary>
    [Fact]
    public void Write_SumWithAFactor_IsLikeThatWithout()
    {
        var x = Tensor.Zeros([2, 2], DType.Float64);
        Expect.Values(x.Add_(Tensor.From([1.0, 2.0]), 0.5), 0.5, 1, 0.5, 1);
        Expect.Values(x.Sub_(x, 2), -0.5, -1, -0.5, -1);
        Expect.Values(x.Add_(Tensor.From([1f, 2f]), 2), 1.5, 3, 1.5, 3);
        Expect.Values(Tensor.Arange(3).Add_(Tensor.Arange(3), -2), 0, -1, -2);
        Expect.Throws<ShapeException>(() => x[0].Add_(x, 2), "[2]", "[2, 2]");
        Expect.Throws<ShapeException>(() => x.Add_(Tensor.Ones([3], DType.Float64), 2), "add_", "[3]");
        Expect.Throws<DTypeException>(() => Tensor.Arange(3).Add_(Tensor.Arange(3), 0.5), "add_", "0.5");
        Expect.Throws<AutogradException>(() => Expect.Leaf(1, 2).Sub_(Expect.Leaf(1, 2), 2), "leaf", "NoGrad");
        Expect.Throws<MemoryAccessException>(() => x.Add_(x.T, 2), "Clone");
        Expect.Throws<MemoryAccessException>(() => x.Flatten()[1..].Add_(x.Flatten()[..3], 2), "Clone");
    }

    [Fact]
    public void Write_IntoIntegers_TakesNoGradient()
    {
        var x = Expect.Leaf(1, 2);
        var target = Tensor.Zeros([2, 2], DType.Int32);
        target[0] = x * 3;
        Assert.False(target.RequiresGrad);
        Assert.False(target.Copy_(x * 1).RequiresGrad);
        Expect.Values(target, 1, 2, 1, 2);
    }

    [Fact]
    public void Write_ViewMadeWithGradientsOff_IsRefusedWhereItWouldBeRecorded()
    {
        var x = Expect.Leaf(1, 2);
        var y = Tensor.Zeros([2], DType.Float64);
        Tensor view;
        using (Autograd.NoGrad())
            view = y[0];
        view.Add_(1);
        Expect.Throws<AutogradException>(() => view.Mul_(x[1]), "gradients off", "Clone");
        using (Autograd.NoGrad())
            view.Mul_(x[1]);
        Expect.Values(y, 2, 0);
    }

    [Fact]
    public void Version_IsSharedByViewsAndDetach()
    {
        var x = Tensor.Zeros(4);
        var (view, detached) = (x[1..3], x.Detach());
        view.Add_(1);
        Assert.Equal(1, x.Version);
        Assert.Equal(1, detached.Version);
        detached.Fill_(7);
        Assert.Equal(2, view.Version);
        Expect.Values(view, 7, 7);
    }

    [Fact]
    public void SecondOrder_ThroughInPlaceWrites_IsRight()
    {
        var x = Expect.Leaf(0.3, 0.7);
        var result = Autograd.GradGradCheck(
            v =>
            {
                var y = v * 1;
                y[0].Mul_(v[1]);
                y.Sin_();
                return y * v;
            },
            x);
        Assert.True(result.Passed, result.ToString());
    }
}
