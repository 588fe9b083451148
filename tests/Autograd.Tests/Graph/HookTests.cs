namespace Nabla.Tests.Graph;

public sealed class HookTests
{
    [Fact]
    public void RegisterHook_OnResult_SeesAndReplacesTheGradient()
    {
        var x = Expect.Leaf(1, 2);
        var y = x * 2;
        Tensor? seen = null;
        y.RegisterHook(g =>
        {
            seen = g;
            return g * 10;
        });
        (y * 3).Sum().Backward();
        Expect.Values(seen, 3, 3);
        Expect.Values(x.Grad, 60, 60);
    }

    [Fact]
    public void RegisterHook_OnLeaf_ActsBeforeAccumulation()
    {
        var x = Expect.Leaf(1, 2);
        x.RegisterHook(g => g.Neg());
        (x * 3 + x).Sum().Backward(); // once, with the whole gradient
        Expect.Values(x.Grad, -4, -4);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void RegisterHook_GoesBackThroughItsOwnNode_HasTheGradient(bool retainGraph)
    {
        var x = Expect.Leaf(1, 2);
        var y = x * x;
        var sum = y.Sum();
        Tensor? inner = null;
        y.RegisterHook(_ =>
        {
            if (inner is not null)
                return null; // the inner pass comes by, too
            inner = Tensor.Zeros(1);
            inner = Autograd.Grad(sum, x, retainGraph: true);
            return null;
        });
        sum.Backward(retainGraph: retainGraph);
        Expect.Values(inner, 2, 4);
        Expect.Values(x.Grad, 2, 4);
        if (!retainGraph)
            Expect.Throws<AutogradException>(() => sum.Backward(), "mul", "retainGraph");
    }

    [Fact]
    public void RegisterHook_Several_RunInOrder()
    {
        var x = Expect.Leaf(1);
        var y = x * 1;
        y.RegisterHook(g => g + 1);
        y.RegisterHook(g => g * 2);
        y.Backward();
        Expect.Values(x.Grad, 4);
    }

    [Fact]
    public void RegisterHook_Disposed_IsNotCalledAgain()
    {
        var x = Expect.Leaf(1);
        var y = x * 1;
        var doubled = y.RegisterHook(g => g * 2);
        y.RegisterHook(g => g + 1);
        y.Backward(retainGraph: true);
        Expect.Values(x.Grad, 3);
        doubled.Dispose();
        doubled.Dispose();
        y.Backward();
        Expect.Values(x.Grad, 5);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void RegisterHook_ComputesWithAWeight_IsRecordedWithCreateGraphAlone(bool createGraph)
    {
        var (x, weight) = (Expect.Leaf(1), Expect.Leaf(2));
        bool? recorded = null;
        x.RegisterHook(g =>
        {
            var scaled = g * weight;
            recorded = scaled.RequiresGrad;
            return scaled;
        });
        (x * 3).Backward(createGraph: createGraph);
        Assert.Equal(createGraph, recorded);
        Expect.Values(x.Grad, 6);
        Assert.Equal(createGraph, x.Grad!.RequiresGrad);
    }

    [Fact]
    public void RegisterHook_ReturnsATensorThatTheUserKeeps_LeavesItAlone()
    {
        var (x, kept) = (Expect.Leaf(1), Expect.Leaf(5));
        x.RegisterHook(_ => kept);
        (x * 3).Backward();
        (x * 3).Backward();
        Expect.Values(x.Grad, 10);
        Expect.Values(kept, 5);
        Assert.False(x.Grad!.RequiresGrad);
    }

    [Fact]
    public void RegisterHook_WritesTheGradientInPlaceWithCreateGraph_TheGraphFollows()
    {
        var x = Expect.Leaf(2);
        var y = x * x; // the gradient in x is 2 x, twice that with the hook
        y.RegisterHook(g =>
        {
            g.Mul_(2);
            return null;
        });
        y.Backward(createGraph: true);
        Expect.Values(x.Grad, 8);
        Expect.Values(Autograd.Grad(x.Grad!, x), 4);
    }

    [Fact]
    public void Backward_WithAGradientThatRequiresOne_IsNotRecorded()
    {
        var (x, given) = (Expect.Leaf(2), Expect.Leaf(3));
        (x * x).Backward(gradient: given);
        Expect.Values(x.Grad, 12);
        Assert.False(x.Grad!.RequiresGrad);
        Assert.Null(given.Grad);
    }

    [Fact]
    public void RegisterHook_ThatChangesTheShape_Throws()
    {
        var x = Expect.Leaf(1, 2);
        x.RegisterHook(g => g.Sum());
        Expect.Throws<AutogradException>(() => (x * 2).Sum().Backward(), "hook", "[2]");
    }

    [Fact]
    public void RegisterHook_ThatReturnsATensorOfAnotherDevice_Throws()
    {
        using var elsewhere = new ForeignDevice();
        using var replacement = elsewhere.Tensor(2);
        var x = Expect.Leaf(1, 2);
        x.RegisterHook(_ => replacement);
        Expect.Throws<DeviceMismatchException>(() => (x * 3).Sum().Backward(), "hook", "foreign", "cpu");
    }

    [Fact]
    public void RegisterHook_WithoutGradient_Throws() =>
        Expect.Throws<AutogradException>(() => Tensor.Ones(1).RegisterHook(g => g), "require");

    [Fact]
    public void RetainGrad_KeepsAndAccumulates()
    {
        var x = Expect.Leaf(1, 2);
        var y = x * 2;
        Assert.Null(y.Grad);
        y.RetainGrad();
        var z = (y * y).Sum();
        z.Backward(retainGraph: true);
        Expect.Values(y.Grad, 4, 8);
        z.Backward();
        Expect.Values(y.Grad, 8, 16);
    }

    [Fact]
    public void RetainGrad_WithHooksBeforeAndAfter_KeepsWhatTheyMake()
    {
        var x = Expect.Leaf(1);
        var y = x * 1;
        y.RegisterHook(g => g + 1);
        y.RetainGrad();
        y.RegisterHook(g => g * 2);
        (y * 3).Backward();
        Expect.Values(y.Grad, 8);
        Expect.Values(x.Grad, 8);
    }

    [Fact]
    public void Grad_OfAResultThatRetainsIt_CanBeSet()
    {
        var y = Expect.Leaf(1) * 2;
        y.RetainGrad();
        var z = y * 3;
        z.Backward();
        Expect.Values(y.Grad, 3);
        y.Grad = null;
        Assert.Null(y.Grad);
        z.Backward();
        Expect.Values(y.Grad, 3);
        y.Grad = Tensor.From([10.0]);
        z.Backward();
        Expect.Values(y.Grad, 13);
    }

    [Fact]
    public void RetainGrad_AfterAWriteInPlace_KeepsThatOfTheWrittenValue()
    {
        var x = Tensor.From(new[] { 1.0, 2 }, requiresGrad: true);
        var y = x * 3;
        var first = y[0];
        y.RetainGrad();
        first.RetainGrad();
        List<double> before = [];
        y.RegisterHook(gradient =>
        {
            before.AddRange(gradient.ToArray<double>());
            return null;
        });
        y.Mul_(5);
        (y * 7 + first).Sum().Backward();
        Expect.Values(y.Grad, 9, 7);
        Expect.Values(first.Grad, 2);
        Assert.Equal([45.0, 35], before); // a hook of the user's stays where it was put
        Expect.Values(x.Grad, 135, 105);
    }

    [Fact]
    public void RetainGrad_OnABase_AfterAWriteThroughAView_KeepsThatOfTheWrittenValue()
    {
        var x = Tensor.From(new[] { 1.0, 2 }, requiresGrad: true);
        var y = x * 3;
        y.RetainGrad();
        y[0].Mul_(10);
        (y * 2).Sum().Backward();
        Expect.Values(y.Grad, 2, 2);
        Expect.Values(x.Grad, 60, 6);
    }

    [Fact]
    public void RetainGrad_OnLeaf_ChangesNothing()
    {
        var x = Expect.Leaf(1);
        x.RetainGrad();
        (x * 2).Backward();
        Expect.Values(x.Grad, 2);
    }
}
