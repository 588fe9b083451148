namespace Nabla.Tests.Graph;

public sealed class BackwardTests
{
    [Fact]
    public void Backward_Twice_Accumulates()
    {
        var x = Expect.Leaf(1, 2);
        (x * x).Sum().Backward();
        (x * x).Sum().Backward();
        Expect.Values(x.Grad, 4, 8);
        x.Grad!.Zero_();
        (x * 3).Sum().Backward();
        Expect.Values(x.Grad, 3, 3);
    }

    [Fact]
    public void Backward_LeafUsedManyTimes_SumsAllPaths()
    {
        var x = Expect.Leaf(2);
        var y = x * x * x + x;
        y.Sum().Backward();
        Expect.Values(x.Grad, 13);
    }

    [Fact]
    public void Backward_GradientOfSum_IsItsOwnStorage()
    {
        var x = Expect.Leaf(1, 2, 3);
        x.Sum().Backward(); // the gradient arrives expanded
        Assert.True(x.Grad!.IsContiguous);
        x.Grad.Add_(Tensor.From(new double[] { 1, 2, 3 }));
        Expect.Values(x.Grad, 2, 3, 4);
    }

    [Fact]
    public void Backward_TwoLeavesOfOneGradient_DoNotShareIt()
    {
        var a = Expect.Leaf(1, 2);
        var b = Expect.Leaf(3, 4);
        (a + b).Backward(Tensor.From(new double[] { 1, 1 }));
        a.Grad!.Mul_(5);
        Expect.Values(a.Grad, 5, 5);
        Expect.Values(b.Grad, 1, 1);
    }

    [Fact]
    public void Backward_GivenGradient_IsNotTakenOver()
    {
        var x = Expect.Leaf(1, 2);
        var given = Tensor.From(new double[] { 3, 4 });
        (x + 0).Backward(given);
        x.Grad!.Zero_();
        Expect.Values(given, 3, 4);
    }

    [Fact]
    public void Backward_SecondTimeThroughSavedTensors_Throws()
    {
        var x = Expect.Leaf(1, 2);
        var y = (x * x).Sum();
        y.Backward();
        Expect.Throws<AutogradException>(() => y.Backward(), "mul", "retainGraph");
    }

    [Fact]
    public void Backward_ThatAHookEnded_CanBeTriedAgain()
    {
        var x = Expect.Leaf(1, 2);
        var y = x * x;
        var sum = y.Sum();
        using (y.RegisterHook(_ => throw new InvalidOperationException("from the hook")))
            Assert.Throws<InvalidOperationException>(() => sum.Backward());
        sum.Backward();
        Expect.Values(x.Grad, 2, 4);
        Expect.Throws<AutogradException>(() => sum.Backward(), "mul", "retainGraph");
    }

    [Fact]
    public void Backward_CreateGraphWithoutRetainGraph_FreesTheGraphAndHasASecondGradient()
    {
        var x = Expect.Leaf(1, 2);
        var sum = (x * x * x).Sum();
        var gradient = Autograd.Grad(sum, x, retainGraph: false, createGraph: true);
        Expect.Values(gradient, 3, 12);
        Expect.Throws<AutogradException>(() => sum.Backward(), "mul", "retainGraph");

        // The second gradient goes back through the inner product, too, which the first pass has freed.
        Expect.Throws<AutogradException>(() => gradient.Sum().Backward(), "mul", "retainGraph");
        var square = Autograd.Grad((x * x).Sum(), x, retainGraph: false, createGraph: true);
        Expect.Values(Autograd.Grad(square.Sum(), x), 2, 2);
    }

    [Fact]
    public void Backward_SecondTimeWithNothingSaved_IsAllowed()
    {
        var x = Expect.Leaf(1, 2);
        var y = (x + 1).Sum();
        y.Backward();
        y.Backward();
        Expect.Values(x.Grad, 2, 2);
    }

    [Fact]
    public void Backward_RetainGraph_AllowsASecondPass()
    {
        var x = Expect.Leaf(3);
        var y = x.Exp();
        y.Backward(retainGraph: true);
        y.Backward();
        Expect.Values(x.Grad, 2 * Math.Exp(3));
    }

    [Fact]
    public void Backward_ManyElementsWithoutGradient_Throws()
    {
        var x = Expect.Leaf(1, 2);
        Expect.Throws<AutogradException>(() => (x * 2).Backward(), "[2]", "gradient");
    }

    [Fact]
    public void Backward_GradientOfOtherShape_Throws()
    {
        var x = Expect.Leaf(1, 2);
        Expect.Throws<AutogradException>(() => (x * 2).Backward(Tensor.Ones([3], DType.Float64)), "[3]", "[2]");
    }

    [Fact]
    public void Backward_GradientOnAnotherDevice_Throws()
    {
        using var elsewhere = new ForeignDevice();
        using var gradient = elsewhere.Tensor(2);
        Expect.Throws<DeviceMismatchException>(() => (Expect.Leaf(1, 2) * 2).Backward(gradient), "the gradient", "foreign", "cpu");
    }

    [Fact]
    public void Backward_NothingRequiresGrad_Throws() =>
        Expect.Throws<AutogradException>(() => Tensor.Ones(1).Backward(), "require");

    [Fact]
    public void Backward_ConstantBranch_ReceivesNoGradient()
    {
        var x = Expect.Leaf(1, 2);
        var w = Tensor.From(new double[] { 3, 4 });
        (x * w).Sum().Backward();
        Expect.Values(x.Grad, 3, 4);
        Assert.Null(w.Grad);
    }

    [Fact]
    public void Backward_Broadcast_SumsBackToTheOperand()
    {
        var x = Tensor.Ones([2, 3], DType.Float64, requiresGrad: true);
        var b = Tensor.Ones([3], DType.Float64, requiresGrad: true);
        var c = Tensor.Ones([2, 1], DType.Float64, requiresGrad: true);
        (x * b * c).Sum().Backward();
        Expect.Shape(b.Grad!, 3);
        Expect.Values(b.Grad, 2, 2, 2);
        Expect.Shape(c.Grad!, 2, 1);
        Expect.Values(c.Grad, 3, 3);
    }

    [Fact]
    public void Backward_MixedElementTypes_GivesEachItsOwn()
    {
        var half = Tensor.From(new[] { 2f }, requiresGrad: true);
        var full = Tensor.From(new[] { 3.0 }, requiresGrad: true);
        (half * full).Sum().Backward();
        Assert.Equal(DType.Float32, half.Grad!.DType);
        Assert.Equal(DType.Float64, full.Grad!.DType);
        Expect.Values(half.Grad, 3);
        Expect.Values(full.Grad, 2);
    }

    [Fact]
    public void Backward_HundredThousandNodes_DoesNotOverflowTheStack()
    {
        const int Depth = 100_000;
        var x = Expect.Leaf(1);
        var y = x;
        for (int i = 0; i < Depth; i++)
            y = y + 1;
        y.Backward();
        Expect.Values(x.Grad, 1);
        Expect.Values(y, Depth + 1);
    }

    [Fact]
    public void Backward_DeepDiamonds_VisitsEachNodeOnce()
    {
        // 2^60 paths, 120 nodes.
        var x = Expect.Leaf(1);
        var y = x;
        for (int i = 0; i < 60; i++)
            y = y * 0.5 + y * 0.5;
        y.Backward();
        Expect.Values(x.Grad, 1);
    }

    [Fact]
    public void Backward_NoGrad_RecordsNothing()
    {
        var x = Expect.Leaf(1, 2);
        Tensor y;
        using (Autograd.NoGrad())
        {
            y = x * 2;
            Assert.False(y.RequiresGrad);
            using (Autograd.EnableGrad())
                Assert.True((x * 2).RequiresGrad);
        }

        Assert.False(y.RequiresGrad);
        Assert.True(y.IsLeaf);
        Assert.True((x * 2).RequiresGrad);
    }

    [Fact]
    public void RequiresGrad_OfIntegers_Throws() =>
        Expect.Throws<AutogradException>(() => Tensor.Arange(3).RequiresGrad = true, "int64");

    [Fact]
    public void RequiresGrad_OffAndOnAgain_KeepsGradientHooksAndGraph()
    {
        var w = Expect.Leaf(3);
        (w * 2).Backward();
        w.RegisterHook(g => g * 10);
        var y = w * 5;
        w.RequiresGrad = false;
        Assert.True(w.IsLeaf);
        Assert.False(w.RequiresGrad || (w * 2).RequiresGrad);
        Expect.Values(w.Grad, 2);
        w.RequiresGrad = true;
        y.Backward();
        Expect.Values(w.Grad, 52);
        w.RequiresGrad = false;
        w.Grad = null;
        Assert.Null(w.Grad);
    }

    [Fact]
    public void Backward_ToALeafSwitchedOffSince_AddsNothingToIt()
    {
        var (w, x) = (Expect.Leaf(3), Expect.Leaf(4));
        var y = w * x;
        w.RequiresGrad = false;
        y.Backward();
        Assert.Null(w.Grad);
        Expect.Values(x.Grad, 3);
    }

    [Fact]
    public void RequiresGrad_SwitchedOffOnResult_Throws()
    {
        var y = Expect.Leaf(1) * 2;
        Expect.Throws<AutogradException>(() => y.RequiresGrad = false, "Detach");
    }
}
