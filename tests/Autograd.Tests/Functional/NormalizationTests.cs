namespace Nabla.Tests;

public sealed class NormalizationTests
{
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
    [InlineData(DType.Float64, 2.220446049250313e-16)]
    [InlineData(DType.Float32, 1.1920928955078125e-07)]
    [InlineData(DType.Float16, 0.0009765625)]
    [InlineData(DType.BFloat16, 0.0078125)]
    public void RmsNorm_WithoutEps_TakesTheDistanceFromOneToTheNextNumber(DType dtype, double eps)
    {
        var x = Tensor.From(new[] { 0.03125, -0.03125 }).To(dtype);
        double expected = 0.03125 / Math.Sqrt((1.0 / 1024) + eps);
        Assert.All(Functional.RmsNorm(x, [2]).Abs().To(DType.Float64).ToArray<double>(), y => Assert.Equal(expected, y, Math.Max(1e-12, 2 * eps)));
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
