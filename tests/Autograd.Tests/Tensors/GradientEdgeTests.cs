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
    public void Extremes_OfNaN_GiveTheirGradientToNaN()
    {
        var x = Expect.Leaf(1, double.NaN, 3);
        x.Max().Backward();
        Expect.Values(x.Grad, 0, 1, 0);
        var (a, b) = (Expect.Leaf(1, double.NaN, 2, 4), Expect.Leaf(double.NaN, 1, 2, 3));
        a.Maximum(b).Sum().Backward();
        Expect.Values(a.Grad, 1, 1, 0.5, 1);
        Expect.Values(b.Grad, 1, 1, 0.5, 0);
    }

    [Fact]
    public void Clamp_PassesGradientWithinTheLimitsAlone()
    {
        double[] values = [-2, -1, 0, 1, 2, double.NaN];
        var x = Expect.Leaf(values);
        x.Clamp(-1, 1).Sum().Backward();
        Expect.Values(x.Grad, 0, 1, 1, 1, 0, 0);
        var (y, low, high) = (Expect.Leaf(values), Expect.Leaf(-1), Expect.Leaf(1));
        y.Clamp(low, high).Sum().Backward();
        Expect.Values(y.Grad, 0, 1, 1, 1, 0, 0);
        Expect.Values(low.Grad, 1);
        Expect.Values(high.Grad, 1);
        Assert.Null(Autograd.GradGradCheck(t => t.Pow(3).Clamp(-1, 1), Expect.Leaf(-2, -0.5, 0.7, 3)).Mismatch);
    }

    [Fact]
    public void Clamp_CrossedLimits_PassesNoGradient()
    {
        var x = Expect.Leaf(-2, -1, 0, 1, 2, double.NaN);
        var y = x.Clamp(1, -1);
        Expect.Values(y, -1, -1, -1, -1, -1, double.NaN);
        y.Sum().Backward();
        Expect.Values(x.Grad, 0, 0, 0, 0, 0, 0); // not even of the -1, which is what it stays
    }

    [Fact]
    public void Clamp_OneLimit_PassesGradientAtIt()
    {
        var (x, y) = (Expect.Leaf(-2, -1, 0, double.NaN), Expect.Leaf(-2, -1, 0, double.NaN));
        x.ClampMin(-1).Sum().Backward();
        Expect.Values(x.Grad, 0, 1, 1, 0);
        y.ClampMax(-1).Sum().Backward();
        Expect.Values(y.Grad, 1, 1, 0, 0);
    }

    /// <summary>Limits take part as elements: 2.71 is 2.703125 in bfloat16, which lies at the limit then, not between.</summary>
    [Fact]
    public void Limits_OfHalfTypes_AreRoundedAsTheElementsAre()
    {
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
        {
            var x = Tensor.From(new double[] { 1, 2.71, 3, -1.37 }).To(dtype);
            Expect.Values(x.Clamp(-1.37, 2.71).Eq(x).To(DType.Float64), 1, 1, 0, 1);
            Expect.Values(SlopeOf(t => t.Clamp(-1.37, 2.71)), 1, 1, 0, 1);
            Expect.Values(SlopeOf(t => Functional.Hardtanh(t, -1.37, 2.71)), 1, 0, 0, 0);
            Expect.Values(SlopeOf(t => Functional.Hardshrink(t, 1.37)), 0, 1, 1, 0);

            Tensor SlopeOf(Func<Tensor, Tensor> function)
            {
                var leaf = x.Detach().RequiresGrad_();
                function(leaf).Sum().Backward();
                return leaf.Grad!;
            }
        }
    }

    /// <summary>Each pass is a trip through memory.</summary>
    [Fact]
    public void Limits_WithoutGradient_AreOnePassEach()
    {
        Tensor x = Tensor.From(new double[] { -9, -1, 0, 3, 9, double.NaN }), low = Tensor.From(-1.0), high = Tensor.From(2.0), wide = Tensor.Zeros([6], DType.Float64);
        Assert.Equal(["clamp"], Passes(() => x.Clamp(-1, 2)));
        Assert.Equal(["maximum"], Passes(() => x.ClampMin(-1)));
        Assert.Equal(["minimum"], Passes(() => x.ClampMax(-1)));
        Assert.Equal(["maximum", "minimum"], Passes(() => x.Clamp(low, high)));
        Assert.Equal(["clamp"], Passes(() => Functional.Relu6(x)));
        Assert.Equal(["elu"], Passes(() => Functional.Selu(x)));
        Assert.Equal(["leaky_relu"], Passes(() => Functional.LeakyRelu(x)));
        Assert.Equal(["shrink"], Passes(() => Functional.Hardshrink(x)));
        Assert.Equal(["shrink"], Passes(() => Functional.Softshrink(x)));
        Assert.Equal(["huber"], Passes(() => Functional.SmoothL1Loss(x, wide, Reduction.None, beta: 0.5)));
        x.RequiresGrad = true;
        Assert.Equal(["elu"], Passes(() => Functional.Celu(x, 0.7)));
        Assert.Equal(["clamp"], Passes(() => x.Clamp(-1, 2)));

        static string[] Passes(Action call)
        {
            using var profile = Profiler.Start();
            call();
            profile.Dispose();
            return [.. profile.Rows.SelectMany(r => Enumerable.Repeat(r.Name, (int)r.Calls)).Order(StringComparer.Ordinal)];
        }
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(2)]
    public void Rectifiers_RecordedOrNot_GiveTheSame(double slope)
    {
        double[] values = [-9, -1, -0.0, 0, 3, 6, 9, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        Tensor x = Tensor.From(values), leaf = Expect.Leaf(values);
        Expect.Values(Functional.LeakyRelu(x, slope), Functional.LeakyRelu(leaf, slope).ToArray<double>());
        Expect.Values(Functional.Hardtanh(x, -slope - 5, slope), Functional.Hardtanh(leaf, -slope - 5, slope).ToArray<double>());
        Expect.Values(Functional.Hardtanh(x, double.NaN, slope), Functional.Hardtanh(leaf, double.NaN, slope).ToArray<double>());
        Expect.Values(x.Clamp(slope, 1), leaf.Clamp(slope, 1).ToArray<double>());
        Expect.Values(x.Clamp(Tensor.From(slope), Tensor.From(double.NaN)), leaf.Clamp(Tensor.From(slope), Tensor.From(double.NaN)).ToArray<double>());
    }

    [Fact]
    public void Clamp_ByALimitThatIsNoNumber_HasNoSlope()
    {
        var x = Expect.Leaf(-1, 0, double.NaN);
        foreach (var y in new[] { x.Clamp(double.NaN, 1), x.ClampMin(double.NaN), x.ClampMax(double.NaN) })
        {
            Expect.Values(y, double.NaN, double.NaN, double.NaN);
            Expect.Values(Autograd.Grad(y.Sum(), x), 0, 0, 0);
        }
    }

    [Fact]
    public void Pow_OfZeroToTheZero_HasASecondGradient()
    {
        var (x, exponents) = (Expect.Leaf(0, 0, 0, 0), Tensor.From(new double[] { 0, 1, 2, 3 }));
        var first = Autograd.Grad(x.Pow(exponents).Sum(), x, createGraph: true);
        Expect.Values(first, 0, 1, 0, 0);
        Expect.Values(Autograd.Grad(first.Sum(), x), 0, 0, 2, 0);
    }

    [Fact]
    public void Slopes_AtTheEdgesOfTheirDomain_AreThoseOfPyTorch()
    {
        var (y, x) = (Expect.Leaf(0, 1), Expect.Leaf(0, 0));
        y.Atan2(x).Sum().Backward();
        Expect.Values(y.Grad, 0, 0);
        Expect.Values(x.Grad, 0, -1);
        var bounds = Expect.Leaf(-3, 3);
        Functional.Hardswish(bounds).Sum().Backward();
        Expect.Values(bounds.Grad, 0, 1);
        var outside = Expect.Leaf(-2);
        outside.Acosh().Backward();
        Expect.Values(outside.Grad, 1 / Math.Sqrt(3));
        var none = Expect.Leaf(double.NaN);
        none.Abs().Backward();
        Expect.Values(none.Grad, 0);
    }

    [Fact]
    public void NormOfOrderZero_HasAZeroGradient()
    {
        var x = Expect.Leaf(0, 2, double.NaN, double.PositiveInfinity);
        var norm = x.Norm(0);
        Expect.Values(norm, 3);
        norm.Backward();
        Expect.Values(x.Grad, 0, 0, 0, 0);
        var (a, b) = (Expect.Leaf(1, 2), Expect.Leaf(1, 5));
        Functional.PairwiseDistance(a, b, p: 0, eps: 0).Backward();
        Expect.Values(a.Grad, 0, 0);
    }

    /// <summary>Row i is (2 i, 2 i + 1): the distances are |i - j| times the root of 8, those of a row to itself 0, without a gradient.</summary>
    [Fact]
    public void CDist_OfManyRows_IsZeroBetweenEqualOnes()
    {
        const int Rows = 30;
        var x = Tensor.Arange(2 * Rows, dtype: DType.Float64).Reshape(Rows, 2).Detach().RequiresGrad_();
        var y = Functional.CDist(x, x);
        Expect.Values(y[0], [.. Enumerable.Range(0, Rows).Select(j => j * Math.Sqrt(8))]);
        Expect.Values(y.Diagonal(), new double[Rows]);
        y.Sum().Backward();
        Expect.Values(x.Grad![.., 0], [.. Enumerable.Range(0, Rows).Select(i => Math.Sqrt(2) * (2 * i - (Rows - 1)))]);
        using var mode = Autograd.NoGrad();
        Expect.Values(Functional.CDist(x, x)[0], [.. Enumerable.Range(0, Rows).Select(j => j * Math.Sqrt(8))]);
        Expect.Values(Functional.CDist(x.To(DType.Float16) * 100, Tensor.Zeros([1, 2], DType.Float16))[1], 360.5);
    }

    /// <summary>The gradient of a weight is that of x where x is not positive: an infinite x elsewhere makes no NaN of it.</summary>
    [Fact]
    public void PRelu_OfAnInfinity_HasAGradientOfItsWeight()
    {
        var (x, weight) = (Expect.Leaf(double.PositiveInfinity, -2, 0), Expect.Leaf(0.5));
        Functional.PRelu(x, weight).Backward(Tensor.From(new[] { 1.0, 3.0, 1.0 }));
        Expect.Values(x.Grad, 1, 1.5, 0.5);
        Expect.Values(weight.Grad, -6);
        Expect.Values(Functional.PRelu(Tensor.From([-1f, 2f]), Tensor.From([0.25])), -0.25, 2); // of another element type
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

    [Fact]
    public void LogAddExp_OfEqualOperands_HasASecondDerivative()
    {
        var (a, b) = (Expect.Leaf(1, -2, 700), Expect.Leaf(1, -2, 700));
        var first = Autograd.Grad([a.LogAddExp(b).Sum()], [a], createGraph: true)[0]!;
        Expect.Values(first, 0.5, 0.5, 0.5);
        Expect.Values(Autograd.Grad(first.Sum(), a), 0.25, 0.25, 0.25);
        Assert.Null(Autograd.GradGradCheck(t => t[0].LogAddExp2(t[1]), Tensor.From(new[,] { { 1.0, 2, -3 }, { 1.0, 5, -8 } }, requiresGrad: true)).Mismatch);
        Expect.Values(Tensor.From([double.NegativeInfinity, double.PositiveInfinity, 1e300]).LogAddExp(Tensor.From([double.NegativeInfinity, 0, -1e300])), double.NegativeInfinity, double.PositiveInfinity, 1e300);
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    public void Norm_AtZeros_HasNoNaNInItsGradient(double p)
    {
        var x = Expect.Leaf(0, 2, -4, 0);
        x.Norm(p).Backward();
        Assert.True(x.Grad!.IsFinite().All().Item<bool>(), $"{x.Grad}");
        Assert.Equal(0, x.Grad[0].Item<double>());
        Assert.Equal(p < 0, x.Grad[1].Item<double>() == 0); // one 0 makes a norm of negative order 0
    }

    [Fact]
    public void Maximum_AndMinimum_ShareTheGradientOfEqualElements()
    {
        var (a, b) = (Expect.Leaf(1, 2, 5), Expect.Leaf(1, 3, 4));
        a.Maximum(b).Sum().Backward();
        Expect.Values(a.Grad, 0.5, 0, 1);
        Expect.Values(b.Grad, 0.5, 1, 0);
        Expect.Values(Autograd.Grad([a.Minimum(b).Sum()], [b])[0], 0.5, 0, 1);
    }

    [Fact]
    public void Relu_WhereNothingPasses_TakesNoInfinity()
    {
        var x = Expect.Leaf(-1, 2, 0);
        x.Relu().Backward(Tensor.From([double.PositiveInfinity, 3, double.NaN]));
        Expect.Values(x.Grad, 0, 3, 0);
    }
}
