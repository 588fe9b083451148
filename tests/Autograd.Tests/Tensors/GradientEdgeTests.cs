namespace Nabla.Tests.Tensors;

/// <summary>Gradients at zeros, poles, empty sizes and large counts.</summary>
public sealed class GradientEdgeTests
{
    [Fact]
    public void Prod_WithZeros_GivesTheProductOfTheOthers()
    {
        var x = Expect.Leaf(2, 0, 3, 4, 5);
        x.Prod().Backward();
        Expect.Values(x.Grad, 0, 120, 0, 0, 0);
        var two = Expect.Leaf(0, 2, 0);
        two.Prod().Backward();
        Expect.Values(two.Grad, 0, 0, 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(8)]
    public void Prod_OfAnyCount_AgreesWithDifferences(int count)
    {
        var x = Tensor.Rand([count, 2], DType.Float64, generator: new Generator(count), requiresGrad: true);
        using (Autograd.NoGrad())
            x[0, 0] = 0;
        Assert.Null(Autograd.GradCheck(t => t.Prod(0), x).Mismatch);
        Assert.Null(Autograd.GradGradCheck(t => t.Prod(), x).Mismatch);
    }

    [Fact]
    public void Prod_OfManyElements_NeedsNoSquareOfMemory()
    {
        var x = Tensor.Full([100_001], 1.0, DType.Float64, requiresGrad: true);
        x.Prod().Backward();
        Expect.Values(x.Grad!.Sum(), 100_001);
    }

    [Fact]
    public void Linear_WithoutFeatures_HasEmptyGradients()
    {
        var x = Tensor.Zeros([4, 3, 0], requiresGrad: true);
        var weight = Tensor.Zeros([2, 0], requiresGrad: true);
        var bias = Tensor.Zeros([2], requiresGrad: true);
        Functional.Linear(x, weight, bias).Sum().Backward();
        Expect.Shape(x.Grad!, 4, 3, 0);
        Expect.Shape(weight.Grad!, 2, 0);
        Expect.Values(bias.Grad, 12, 12);
    }

    [Fact]
    public void Remainder_AndFmod_HaveAFlatQuotient()
    {
        var (a, b) = (Expect.Leaf(7, -7, 1), Expect.Leaf(2, 2, 0.1));
        var g = Autograd.Grad([a.Remainder(b).Sum()], [b], createGraph: true)[0]!;
        Expect.Values(g, -3, 4, -9); // 1 / 0.1 is 10, but 0.1 is a little more than a tenth
        Assert.All(Autograd.Grad([g.Sum()], [a, b], allowUnused: true), second => Assert.True(second is null || second.Eq(0).All().Item<bool>()));
        Expect.Values(Autograd.Grad([a.Fmod(b).Sum()], [b])[0], -3, 3, -10); // as PyTorch: the quotient of fmod is trunc(a / b) alone
    }

    [Fact]
    public void Digamma_InHalfPrecision_HasFiniteSecondGradientsAtIntegers()
    {
        var x = Tensor.From([(Half)1, (Half)2, (Half)3]).RequiresGrad_();
        var first = Autograd.Grad(x.Digamma().Sum(), x, createGraph: true);
        var second = Autograd.Grad(first.Sum(), x);
        Assert.True(second.Sub(Tensor.From([-2.404f, -0.404f, -0.154f])).Abs().Max().Item<float>() < 0.02f, $"{second}");
    }
}
