namespace Nabla.Tests.Tensors;

/// <summary>Half types where numbers, or what is between, are beyond them.</summary>
public sealed class HalfTests
{
    private static Tensor Half(params double[] values) => Tensor.From(values).To(DType.Float16);

    [Fact]
    public void Div_OfANumberBeyondHalf_IsRoundedOnce()
    {
        Expect.Values(70000 / Half(2, -4, 1), 35008, -17504, double.PositiveInfinity); // multiples of 32, then of 16
        Expect.Values(Half(1, 100) / 70000, 1.430511474609375e-05, 0.0014286041259765625);
        Expect.Values(Half(0.5).Mul(70000), 35008);
    }

    [Fact]
    public void Comparison_WithANumberThatHalfDoesNotHold_RoundsItFirst()
    {
        var third = Half(1.0 / 3);
        Assert.Equal([true], third.Eq(1.0 / 3).ToArray<bool>());
        Assert.Equal([false], third.Lt(1.0 / 3).ToArray<bool>());
    }

    [Fact]
    public void Div_GradientOfTheDivisor_DoesNotOverflowOnItsWay()
    {
        var half = Tensor.From([300.0]).RequiresGrad_();
        (70000 / half.To(DType.Float16)).Sum().Backward();
        Expect.Values(half.Grad, -0.77783203125);
        var large = Tensor.From([1e30f], requiresGrad: true);
        (Tensor.From([1e30f]) / large).Sum().Backward();
        Assert.Equal(-1e-30f, large.Grad!.Item<float>(), 1e-36f);
    }

    [Fact]
    public void Distances_OfSquaresBeyondHalf_AreFinite()
    {
        Tensor x = Half(300, 400).Unsqueeze(0), y = Half(400, 300).Unsqueeze(0), zero = Half(0, 0).Unsqueeze(0);
        Expect.Values(Functional.PairwiseDistance(x, zero, eps: 0), 500);
        Expect.Values(Functional.CDist(x, zero), 500);
        Expect.Values(Functional.CosineSimilarity(x, y), 0.9599609375);
        Expect.Values(Functional.TripletMarginLoss(x, x, y), 0);
    }

    [Fact]
    public void LogNdtr_FarBelowZero_IsFinite() => Expect.Values(Half(-300).LogNdtr(), -44992); // -x^2 / 2 and less

    [Fact]
    public void Logit_AndGlu_RoundOnce()
    {
        Expect.Values(Half(0.50048828125).Logit(), 0.0019531266); // the difference of two logarithms near 0.69
        Expect.Values(Functional.Glu(Half(300, -12)), 0.0018434524536);
    }

    [Fact]
    public void Sum_WithAFactor_RoundsOnce()
    {
        var (x, y) = (Half(-60000, 1), Half(60000, 3));
        Expect.Values(x.Add(y, 1.5), 30000, 5.5); // the product alone would overflow
        Expect.Values(x.Sub(y, -1.5), 30000, 5.5);
        Expect.Values(x.Clone().Add_(y, 1.5), 30000, 5.5);
        Expect.Values(x.Clone().Sub_(y, -1.5), 30000, 5.5);
    }

    [Fact]
    public void Addcmul_AndItsLike_RoundOnce()
    {
        var x = Half(300, -60000);
        Expect.Values(x.Addcmul(x, x, 0.001), 390, double.PositiveInfinity);
        Expect.Values(x.Addcdiv(x, Half(0.001, 0.5), 0.001), 600, -60128);
        Expect.Values(x.Lerp(-x, 0.5), 0, 0);
        Expect.Values(x.Lerp(-x, Half(0.25, 0.75)), 150, 30000);
        Assert.Equal(DType.Float16, x.Addcmul(x, x).DType);
        Expect.Values(Half(-60000, 1).Addcmul(Half(300, 2), Half(300, 3)), 30000, 7); // the product alone would overflow
    }
}
