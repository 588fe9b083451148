namespace Nabla.Tests.Modules;

public sealed class NormTests
{
    [Fact]
    public void BatchNorm_InTraining_NormalizesAndFollowsTheBatches()
    {
        var norm = new BatchNorm1d(1, eps: 0, dtype: DType.Float64);
        var y = norm.Forward(Tensor.From(new[,] { { 1.0 }, { 3.0 } }));
        Assert.Equal([-1, 1], y.ToArray<double>());
        Assert.Equal(0.2, norm.RunningMean!.Item<double>(), 1e-12);
        Assert.Equal(0.9 + (0.1 * 2), norm.RunningVar!.Item<double>(), 1e-12);
        Assert.Equal(1, norm.BatchesTracked!.Item<long>());
        norm.Eval();
        Assert.Equal(0, norm.Forward(Tensor.From(new[,] { { 0.2 } })).Item<double>(), 1e-12);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], norm.NamedState().Select(s => s.Key));
    }

    [Fact]
    public void BatchNorm_OtherRank_IsRefused() => Assert.Contains(
        "4 are taken", Assert.Throws<ShapeException>(() => new BatchNorm2d(3).Forward(Tensor.Zeros(2, 3))).Message, StringComparison.Ordinal);

    [Fact]
    public void GroupNorm_ChannelsThatDoNotDivide_AreRefused() => Assert.Contains(
        "5 channels", Assert.Throws<TensorArgumentException>(() => new GroupNorm(2, 5)).Message, StringComparison.Ordinal);

    [Fact]
    public void Embedding_PaddingRow_StartsAsZerosAndGetsNoGradient()
    {
        var table = new Embedding(3, 2, paddingIdx: 1);
        table.Forward(Tensor.From(new[] { 1L, 2 })).Sum().Backward();
        Assert.Equal([0, 0], table.Weight.Detach()[1].ToArray<float>());
        Assert.Equal([0, 0, 0, 0, 1, 1], table.Weight.Grad!.ToArray<float>());
    }
}
