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
    public void Normalize_ZeroRow_StaysZeroAndHasAFiniteGradient()
    {
        var x = Tensor.Zeros([1, 2], DType.Float64, requiresGrad: true);
        var y = Functional.Normalize(x);
        Expect.Values(y, 0, 0);
        y.Sum().Backward();
        Assert.All(x.Grad!.ToArray<double>(), g => Assert.True(double.IsFinite(g)));
    }
}
