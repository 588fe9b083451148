using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

/// <summary>Writes through tensors and views under autograd; the expected numbers are worked out by hand, and are PyTorch's.</summary>
public abstract partial class ConformanceSuite
{
    private Tensor Leaf(params double[] values) => Differentiation.Leaf(Device, SampleData.Of(DType.Float32, [values.Length], values));

    private double[] Read(Tensor? tensor)
    {
        Assert.NotNull(tensor);
        using var bench = new Bench(Device);
        return bench.Download(tensor.Data).Reals;
    }

    private static SliceOp From(Tensor tensor, long start) => SliceOp.Along(tensor.Shape, 0, start, tensor.Shape[0] - start);

    [Fact]
    public void InPlace_ThroughAView_PassesTheGradientOutsideAndTheOpInside()
    {
        var x = Leaf(1, 2, 3);
        var y = x * 2;
        y.Apply(From(y, 1)).Mul_(3);
        Assert.Equal([2, 12, 18], Read(y));
        (y * y).Sum().Backward();
        Assert.Equal([8, 144, 216], Read(x.Grad)); // y = [2a, 6b, 6c]: dy²/dx = [8a, 72b, 72c]
    }

    [Fact]
    public void InPlace_OnTheBase_IsSeenByAViewTakenBefore()
    {
        var x = Leaf(1, 2, 3);
        var y = x * 2;
        var view = y.Apply(From(y, 1));
        y.Mul_(5);
        Assert.Equal([20, 30], Read(view));
        view.Sum().Backward();
        Assert.Equal([0, 10, 10], Read(x.Grad));
    }

    [Fact]
    public void InPlace_ThroughOneView_IsSeenByAnother()
    {
        var x = Leaf(1, 2, 3, 4);
        var y = x * 1;
        var (first, second) = (y.Apply(SliceOp.Along(y.Shape, 0, 0, 3)), y.Apply(SliceOp.Along(y.Shape, 0, 3, 4, -1)));
        first.Mul_(10);
        Assert.Equal([4, 30, 20, 10], Read(second));
        second.Sum().Backward();
        Assert.Equal([10, 10, 10, 1], Read(x.Grad));
    }

    [Fact]
    public void InPlace_ReadingItself_IsOneStepOfTheGraph()
    {
        var x = Leaf(0.5, -1);
        var y = x * 2;
        y.Mul_(x);
        y.Add_(y);
        y.Sum().Backward();
        Assert.Equal([1, 4], Read(y));
        Assert.Equal([4, -8], Read(x.Grad)); // y = 4x²
    }

    [Fact]
    public void InPlace_FillOfAPart_StopsTheGradientThere()
    {
        var x = Leaf(1, 2, 3);
        var y = x * 2;
        y.Apply(SliceOp.Along(y.Shape, 0, 0, 1)).Fill_(7);
        (y * y).Sum().Backward();
        Assert.Equal([7, 4, 6], Read(y));
        Assert.Equal([0, 16, 24], Read(x.Grad));
    }

    [Fact]
    public void InPlace_CopyOfAnother_SendsTheGradientThere()
    {
        var (x, z) = (Leaf(1, 2, 3), Leaf(10, 20));
        var y = x * 2;
        y.Apply(From(y, 1)).Copy_(z);
        (y * y).Sum().Backward();
        Assert.Equal([8, 0, 0], Read(x.Grad));
        Assert.Equal([20, 40], Read(z.Grad));
    }

    [Fact]
    public void InPlace_OnASavedTensor_IsRefusedAtBackwardNamingVersions()
    {
        var x = Leaf(1, 2);
        var y = x * 2;
        var z = (y * y).Sum();
        y.Add_(1);
        var error = Assert.Throws<AutogradException>(() => z.Backward());
        Assert.Contains("mul", error.Message, StringComparison.Ordinal);
        Assert.Contains("version", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InPlace_OnALeafOrAViewOfOne_IsRefusedUnlessGradientsAreOff()
    {
        var x = Leaf(1, 2);
        Assert.Throws<AutogradException>(() => x.Add_(1));
        Assert.Throws<AutogradException>(() => x.Apply(From(x, 1)).Mul_(2));
        using (Autograd.NoGrad())
            x.Apply(From(x, 1)).Mul_(2);
        Assert.Equal([1, 4], Read(x));
    }

    [Fact]
    public void InPlace_ThroughAnExpandedTensor_IsRefused()
    {
        var x = Leaf(1).Detach();
        Assert.Throws<MemoryAccessException>(() => x.Apply(new ExpandOp([3])).Add_(1));
        Assert.Equal([1], Read(x));
    }

    [Fact]
    public void InPlace_Versions_CountForEveryAlias()
    {
        var x = Leaf(1, 2, 3).Detach();
        var (view, alias) = (x.Apply(From(x, 1)), x.Detach());
        view.Add_(1);
        alias.Mul_(2);
        Assert.Equal((2, 2, 2), (x.Version, view.Version, alias.Version));
        Assert.Equal([2, 6, 8], Read(x));
    }

    [Fact]
    public void Backward_Twice_AccumulatesOrIsRefused()
    {
        var x = Leaf(1, 2);
        var y = (x * x).Sum();
        y.Backward(retainGraph: true);
        y.Backward();
        Assert.Equal([4, 8], Read(x.Grad));
        Assert.Throws<AutogradException>(() => y.Backward());
        x.Grad!.Zero_();
        Assert.Equal([0, 0], Read(x.Grad));
    }
}
