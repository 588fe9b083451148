namespace Nabla.Tests;

public sealed class NormalizationTests
{
    /// <summary>Of [.., 4, 4], with parameters [4].</summary>
    private static readonly Dictionary<string, Func<Tensor, Tensor?, Tensor?, Tensor>> Norms = new()
    {
        ["layer_norm"] = (x, weight, bias) => Functional.LayerNorm(x, [4], weight, bias),
        ["rms_norm"] = (x, weight, _) => Functional.RmsNorm(x, [4], weight),
        ["group_norm"] = (x, weight, bias) => Functional.GroupNorm(x, 2, weight, bias),
        ["instance_norm"] = (x, weight, bias) => Functional.InstanceNorm(x, weight: weight, bias: bias),
        ["batch_norm"] = (x, weight, bias) => Functional.BatchNorm(x, null, null, weight, bias, training: true),
    };

    public static TheoryData<string> Names => [.. Norms.Keys];

    [Fact]
    public void BatchNorm_Training_MovesRunningStatisticsInPlace()
    {
        var x = Tensor.From(new[,] { { 1.0 }, { 3.0 } });
        var (mean, variance) = (Tensor.Zeros([1], DType.Float64), Tensor.Ones([1], DType.Float64));
        var y = Functional.BatchNorm(x, mean, variance, training: true, momentum: 0.5, eps: 0);
        Expect.Values(y, -1, 1); // the variance that normalizes divides by n
        Expect.Values(mean, 1);
        Expect.Values(variance, 1.5); // the recorded one by n - 1
        Expect.Values(Functional.BatchNorm(x, mean, variance, eps: 0), 0, 2 / Math.Sqrt(1.5));
    }

    [Fact]
    public void BatchNorm_RunningStatistics_AreNotRecorded()
    {
        var x = Tensor.From(new[,] { { 1.0 }, { 3.0 } }).RequiresGrad_();
        var (mean, variance) = (Tensor.Zeros([1], DType.Float64), Tensor.Ones([1], DType.Float64));
        Functional.BatchNorm(x, mean, variance, training: true).Sum().Backward();
        Assert.False(mean.RequiresGrad);
        Assert.False(variance.RequiresGrad);
    }

    [Fact]
    public void BatchNorm_BadArguments_Throw()
    {
        Expect.Throws<ShapeException>(() => Functional.BatchNorm(Tensor.Ones(1, 2), null, null, training: true), "one value");
        Expect.Throws<TensorArgumentException>(() => Functional.BatchNorm(Tensor.Ones(3, 2), null, null), "running");
        Expect.Throws<ShapeException>(() => Functional.BatchNorm(Tensor.Ones(3, 2), null, null, Tensor.Ones(3), training: true), "[3]", "2 channels");
        Expect.Throws<ShapeException>(() => Functional.BatchNorm(Tensor.Ones(3), null, null, training: true), "channels");
        Expect.Throws<ShapeException>(() => Functional.GroupNorm(Tensor.Ones(2, 5), 2), "2 groups");
        Expect.Throws<ShapeException>(() => Functional.LayerNorm(Tensor.Ones(2, 5), [4]), "[2, 5]", "[4]");
        Expect.Throws<ShapeException>(() => Functional.InstanceNorm(Tensor.Ones(2, 3, 1)), "one value");
    }

    [Fact]
    public void RmsNorm_WeightOfAnotherType_GivesTheTypeOfTheInput()
    {
        var x = Tensor.From(new[,] { { 1.0, 7.0 } }).To(DType.Float16).RequiresGrad_();
        var weight = Tensor.From(new[] { 5.0f, 10.0f }).RequiresGrad_();
        var y = Functional.RmsNorm(x, [2], weight, 0);
        Assert.Equal(DType.Float16, y.DType);
        Expect.Values(y.To(DType.Float64), 1, 14);
        y.Sum().Backward();
        Assert.Equal((DType.Float16, DType.Float32), (x.Grad!.DType, weight.Grad!.DType));
        Expect.Values(weight.Grad!.To(DType.Float64), 0.2f, 1.4f); // not rounded to float16 on the way
    }

    [Theory]
    [InlineData(DType.Float64, 2.220446049250313e-16, 1e-12)]
    [InlineData(DType.Float32, 1.1920928955078125e-07, 1e-6)]
    [InlineData(DType.Float16, 1.1920928955078125e-07, 1.0 / 2048)]
    [InlineData(DType.BFloat16, 1.1920928955078125e-07, 1.0 / 256)]
    public void RmsNorm_WithoutEps_TakesTheDistanceFromOneToTheNextNumberThatIsComputedWith(DType dtype, double eps, double tolerance)
    {
        double value = dtype == DType.Float64 ? Math.ScaleB(1, -26) : Math.ScaleB(1, -12); // its square is as small as eps
        var y = Functional.RmsNorm(Tensor.From(new[] { value, -value }).To(dtype), [2]);
        Assert.All(y.Abs().To(DType.Float64).ToArray<double>(), v => Assert.Equal(value / Math.Sqrt((value * value) + eps), v, tolerance));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Norms_HalfTypes_RoundOnce(string name)
    {
        foreach (var dtype in new[] { DType.Float16, DType.BFloat16 })
            foreach (var (x, weight, bias) in Operands(dtype, dtype))
            {
                var expected = Norms[name](x.To(DType.Float32), weight?.To(DType.Float32), bias?.To(DType.Float32)).To(dtype);
                Expect.Values(Norms[name](x, weight, bias).To(DType.Float64), expected.To(DType.Float64).ToArray<double>());
            }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Norms_ParametersOfAnotherType_GiveTheTypeOfTheInput(string name)
    {
        foreach (var (dtype, parameters) in new[] { (DType.Float16, DType.Float32), (DType.BFloat16, DType.Float32), (DType.Float32, DType.Float64) })
            foreach (var (x, weight, bias) in Operands(dtype, parameters))
            {
                var y = Norms[name](x.RequiresGrad_(), weight?.RequiresGrad_(), bias?.RequiresGrad_());
                Assert.Equal(dtype, y.DType);
                double[] expected = Norms[name](x.Detach().To(DType.Float64), weight?.Detach().To(DType.Float64), bias?.Detach().To(DType.Float64)).ToArray<double>();
                double tolerance = dtype == DType.Float16 ? 1.0 / 2048 : dtype == DType.BFloat16 ? 1.0 / 256 : 1e-5;
                Assert.All(y.To(DType.Float64).ToArray<double>().Zip(expected), p => Assert.Equal(p.Second, p.First, (tolerance * Math.Abs(p.Second)) + 1e-5));
                y.Sum().Backward();
                Assert.Equal(dtype, x.Grad!.DType);
                if (weight is not null)
                    Assert.Equal(parameters, weight.Grad!.DType);
            }
    }

    [Fact]
    public void InstanceNorm_EmptyBatch_IsEmpty()
    {
        var (mean, variance) = (Tensor.Zeros([2]), Tensor.Ones([2]));
        Expect.Shape(Functional.InstanceNorm(Tensor.Ones(0, 2, 4), mean, variance, Tensor.Ones(2), Tensor.Zeros(2)), 0, 2, 4);
        Assert.Equal([0f, 0, 1, 1], mean.ToArray<float>().Concat(variance.ToArray<float>()));
        Expect.Shape(Functional.InstanceNorm(Tensor.Ones(2, 0, 4)), 2, 0, 4);
    }

    [Fact]
    public void Norms_Integers_AreRefusedByName()
    {
        foreach (var (name, norm) in Norms)
            Expect.Throws<DTypeException>(() => norm(Tensor.Ones([2, 4, 4], DType.Int64), null, null), name, "int64");
    }

    /// <summary>Without parameters, with either, with both.</summary>
    private static IEnumerable<(Tensor X, Tensor? Weight, Tensor? Bias)> Operands(DType dtype, DType parameters)
    {
        for (int choice = 0; choice < 4; choice++)
        {
            var x = (Tensor.Arange(48, dtype: DType.Float64).Sin() * 4).Reshape(3, 4, 4).To(dtype);
            var weight = Tensor.From(new[] { 0.3, 1.7, -0.9, 2.3 }).To(parameters);
            var bias = Tensor.From(new[] { 0.21, -0.07, 1.3, 0.6 }).To(parameters);
            yield return (x, (choice & 1) == 0 ? null : weight, (choice & 2) == 0 ? null : bias);
        }
    }

    [Fact]
    public void Normalize_ZeroRow_StaysZeroAndHasAFiniteGradient()
    {
        var x = Tensor.Zeros([1, 2], DType.Float64, requiresGrad: true);
        var y = Functional.Normalize(x);
        Expect.Values(y, 0, 0);
        y.Sum().Backward();
        Assert.All(x.Grad!.ToArray<double>(), g => Assert.True(double.IsFinite(g)));
    }
}
