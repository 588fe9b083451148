namespace Nabla.Tests;

public sealed class SpecialFunctionTests
{
    [Fact]
    public void Signbit_OfZerosAndNaN_ReadsTheBit()
    {
        var x = Tensor.From(new[] { -0.0, 0.0, -1.0, double.NegativeInfinity, 2.0, -double.NaN });
        Assert.Equal([true, false, true, true, false, double.IsNegative(-double.NaN)], x.Signbit().ToArray<bool>());
        Assert.Equal([true, false], Tensor.From(new[] { -3, 0 }).Signbit().ToArray<bool>());
    }

    [Fact]
    public void NanToNum_WithoutArguments_TakesTheTypesLimits()
    {
        float[] special = [float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1];
        Assert.Equal([0, float.MaxValue, -float.MaxValue, 1], Tensor.From(special).NanToNum().ToArray<float>());
        Expect.Values(Tensor.From(special).To(DType.Float16).NanToNum().To(DType.Float32), 0, 65504, -65504, 1);
        Assert.Equal([7f, 8f, 9f, 1f], Tensor.From(special).NanToNum(7, 8, 9).ToArray<float>());
    }

    [Fact]
    public void NanToNum_Gradient_StopsWhereSomethingWasReplaced()
    {
        var x = Expect.Leaf(double.NaN, double.PositiveInfinity, 2);
        x.NanToNum().Sum().Backward();
        Expect.Values(x.Grad, 0, 0, 1);
    }

    [Fact]
    public void Logit_AtAndBeyondTheEdges_IsInfiniteOrNaN()
    {
        Expect.Values(Tensor.From(new[] { 0.0, 1.0, 1.5, -0.1, 0.5 }).Logit(), double.NegativeInfinity, double.PositiveInfinity, double.NaN, double.NaN, 0);
        Expect.Values(Tensor.From(new[] { 0.0, 1.0 }).Logit(eps: 0.25), -Math.Log(3), Math.Log(3));
        var x = Expect.Leaf(0, 0.5, 2);
        x.Logit().Sum().Backward();
        Expect.Values(x.Grad, double.PositiveInfinity, 4, double.NaN);
    }

    [Fact]
    public void Sinc_AtZero_IsOneWithoutSlope()
    {
        var x = Expect.Leaf(0, 0.5, 1);
        var y = x.Sinc();
        Expect.Values(y.Detach(), 1, 2 / Math.PI, 0);
        y.Sum().Backward();
        Assert.Equal(0, x.Grad!.ToArray<double>()[0]);
    }

    [Fact]
    public void Sinc_AtZero_CurvesDown()
    {
        var x = Expect.Leaf(0);
        var slope = Autograd.Grad([x.Sinc()], [x], createGraph: true)[0]!;
        Expect.Values(Autograd.Grad([slope], [x])[0], -Math.PI * Math.PI / 3);
    }

    [Fact]
    public void LogNdtr_FarBelowZero_FollowsTheAsymptote()
    {
        // The last three from the series itself with enough terms, the first from log(1/2).
        Expect.Values(Tensor.From(new[] { 0.0, -20.0, -50.0 }).LogNdtr(), Math.Log(0.5), -203.91715537109727, -1254.8313611394568);
        var x = Expect.Leaf(-1e4, 40);
        x.LogNdtr().Sum().Backward();
        Expect.Values(x.Grad, 10000.0001, 0);
    }

    [Theory]
    [InlineData(0, 1.0, -0.57721566490153286)]
    [InlineData(1, 1.0, Math.PI * Math.PI / 6)]
    [InlineData(2, 1.0, -2.4041138063191885)]
    [InlineData(3, 1.0, 6.4939394022668291)]
    [InlineData(2, -0.5, -0.8287966442343200)]
    [InlineData(3, -1.5, 194.59427621918762)] // pi^4 + 6 / 0.5^4 + 6 / 1.5^4
    [InlineData(2, 30.0, -0.0011487652049)]
    public void Polygamma_KnownValues(int n, double x, double expected) =>
        Assert.Equal(expected, Tensor.From(x).Polygamma(n).Item<double>(), 1e-9 * Math.Max(1, Math.Abs(expected)));

    /// <summary>Where the recurrence and the series meet at their worst, and far from there.</summary>
    [Theory]
    [InlineData(2, 0.5, -16.82879664423432)]
    [InlineData(2, 0.75, -5.3026332163376395)]
    [InlineData(2, 4.25, -0.06989568177725804)]
    [InlineData(2, 30.0, -0.0011487652037286)]
    [InlineData(3, 0.625, 40.370885083448115)]
    [InlineData(5, 0.5, 7691.113548602436)]
    [InlineData(5, 2.5, 0.5785691785671835)]
    [InlineData(10, 1.0, -3630593.311606629)]
    [InlineData(20, 0.875, -4.017496915954181e19)]
    public void Polygamma_FromOneHalfOn_KeepsItsDigits(int n, double x, double expected) =>
        Assert.InRange(Tensor.From(x).Polygamma(n).Item<double>() / expected, 1 - 2e-15, 1 + 2e-15);

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void Polygamma_HalfTypes_RoundOnce(DType dtype)
    {
        var x = Tensor.From(new[] { 0.3f, 0.7f, 1.5f, 2.25f, 4.1f, 9.7f }).To(dtype).RequiresGrad_();
        foreach (int n in new[] { 1, 2, 3 })
            Assert.Equal(x.To(DType.Float32).Polygamma(n).To(dtype).To(DType.Float32).ToArray<float>(), x.Polygamma(n).To(DType.Float32).ToArray<float>());
        x.Digamma().Sum().Backward();
        Assert.Equal(x.To(DType.Float32).Polygamma(1).To(dtype).To(DType.Float32).ToArray<float>(), x.Grad!.To(DType.Float32).ToArray<float>());
    }

    [Fact]
    public void Polygamma_AtPoles_IsInfinite()
    {
        Expect.Values(Tensor.From(new[] { 0.0, -2.0 }).Polygamma(3), double.PositiveInfinity, double.PositiveInfinity);
        Expect.Values(Tensor.From(new[] { 0.0, -2.0 }).Polygamma(2), double.NegativeInfinity, double.NegativeInfinity);
        Expect.Throws<TensorArgumentException>(() => Tensor.From(1.0).Polygamma(-1), "polygamma");
    }

    [Fact]
    public void Round_WithDecimals_RoundsHalvesToEven()
    {
        Expect.Values(Tensor.From(new[] { 0.125, 2.5, -1.378 }).Round(2), 0.12, 2.5, -1.38);
        Expect.Values(Tensor.From(new[] { 15.0, 25.0, 14.0 }).Round(-1), 20, 20, 10);
        Expect.Throws<DTypeException>(() => Tensor.From(15).Round(-1), "round");
    }

    [Fact]
    public void Gcd_AndLcm_OfSignsAndZeros()
    {
        var a = Tensor.From(new[] { -12, 0, 0, 7, 1836311903 });
        var b = Tensor.From(new[] { 18, 5, 0, 7, 1134903170 }); // the last pair are neighbours of Fibonacci's: the longest way
        Assert.Equal([6, 5, 0, 7, 1], a.Gcd(b).ToArray<int>());
        Assert.Equal([36, 0, 0, 7], a.Narrow(0, 0, 4).Lcm(b.Narrow(0, 0, 4)).ToArray<int>());
        Assert.Equal([(byte)5], Tensor.From(new byte[] { 250 }).Gcd(Tensor.From(new byte[] { 15 })).ToArray<byte>());
        Assert.Equal([4, 2, 2, 6], Tensor.From(new[,] { { 8 }, { 18 } }).Gcd(Tensor.From(new long[] { 4, 6 })).To(DType.Int32).ToArray<int>());
        Expect.Throws<DTypeException>(() => Tensor.From(1.0).Gcd(Tensor.From(2.0)), "gcd");
        Expect.Throws<DTypeException>(() => Tensor.From(new[] { 1 }).Lcm(Tensor.From(2.0)), "lcm");
        Expect.Throws<ShapeException>(() => Tensor.From(new[] { 1, 2 }).Lcm(Tensor.From(new[] { 1, 2, 3 })), "lcm");
    }

    [Fact]
    public void Clamp_WithNaNAndCrossedLimits()
    {
        var x = Tensor.From(new[] { -2.0, 0.5, double.NaN });
        Expect.Values(x.Clamp(1, -1), -1, -1, double.NaN);
        Expect.Values(x.Clamp(0, double.NaN), double.NaN, double.NaN, double.NaN);
        Expect.Values(x.ClampMin(0), 0, 0.5, double.NaN);
        Assert.Equal(DType.Float32, Tensor.From(new[] { 1, 5 }).ClampMax(2.5).DType);
        Expect.Throws<TensorArgumentException>(() => x.Clamp((Tensor?)null, null), "clamp");
    }

    [Fact]
    public void LogAddExp_OfInfinities_HasNoNaN()
    {
        double inf = double.PositiveInfinity;
        var a = Tensor.From(new[] { inf, -inf, -inf, 1000.0 });
        var b = Tensor.From(new[] { inf, -inf, 3.0, 1000.0 });
        Expect.Values(a.LogAddExp(b), inf, -inf, 3, 1000 + Math.Log(2));
        Expect.Values(a.LogAddExp2(b), inf, -inf, 3, 1001);
        a.RequiresGrad_();
        b.RequiresGrad_();
        (a.LogAddExp(b).NanToNum() + a.LogAddExp2(b).NanToNum()).Backward(Tensor.From(new[] { 1.0, 1, 1, 1 }));
        Expect.Values(a.Grad!, 0, 0, 0, 1);
        Expect.Values(b.Grad!, 0, 0, 2, 1);
        Expect.Values(Autograd.Grad([a.LogAddExp(b).Sum()], [a])[0]!, 0.5, 0.5, 0, 0.5);
    }

    [Fact]
    public void Xlogy_WhereTheFactorIsZero_IsZeroUnlessNaN()
    {
        var x = Tensor.From(new[] { 0.0, 0.0, 0.0, 2.0 });
        var y = Tensor.From(new[] { 0.0, -1.0, double.NaN, 0.0 });
        Expect.Values(x.Xlogy(y), 0, 0, double.NaN, double.NegativeInfinity);
    }

    [Fact]
    public void Fmax_OfNaN_TakesTheNumber()
    {
        var a = Tensor.From(new[] { double.NaN, 1.0, double.NaN });
        var b = Tensor.From(new[] { 2.0, double.NaN, double.NaN });
        Expect.Values(a.Fmax(b), 2, 1, double.NaN);
        Expect.Values(a.Fmin(b), 2, 1, double.NaN);
    }

    [Fact]
    public void Add_WithFractionOfIntegers_IsRefused()
    {
        Assert.Equal([7, 10], Tensor.From(new[] { 1, 2 }).Add(Tensor.From(new[] { 3, 4 }), 2).ToArray<int>());
        Expect.Throws<DTypeException>(() => Tensor.From(1).Add(Tensor.From(2), 0.5), "0.5", "int32");
        Expect.Throws<DTypeException>(() => Tensor.From(1).Addcdiv(Tensor.From(2), Tensor.From(3)), "addcdiv");
    }

    [Fact]
    public void Lerp_AtTheEnds_IsExact()
    {
        var (a, b) = (Tensor.From(new[] { 1e16f, 3f }), Tensor.From(new[] { 1f, 0.1f }));
        Assert.Equal(b.ToArray<float>(), a.Lerp(b, 1).ToArray<float>());
        Assert.Equal(a.ToArray<float>(), a.Lerp(b, Tensor.From(0f)).ToArray<float>());
    }

    [Fact]
    public void IsClose_OfInfinitiesAndNaN()
    {
        var a = Tensor.From(new[] { double.PositiveInfinity, double.NaN, 1.0, 1.0 });
        var b = Tensor.From(new[] { double.PositiveInfinity, double.NaN, 1.0 + 1e-6, 1.1 });
        Assert.Equal([true, false, true, false], a.IsClose(b).ToArray<bool>());
        Assert.Equal([true, true, true, false], a.IsClose(b, equalNan: true).ToArray<bool>());
        Assert.False(a.AllClose(b));
        Expect.Throws<DTypeException>(() => a.IsClose(b.To(DType.Float32)), "isclose");
    }
}
