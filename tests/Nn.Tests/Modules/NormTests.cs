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
    public void InstanceNorm_InTraining_NormalizesEachExampleAndFollowsTheMeans()
    {
        var norm = new InstanceNorm1d(1, eps: 0, momentum: 0.5, affine: true, trackRunningStats: true, dtype: DType.Float64);
        var x = Tensor.From(new[, ,] { { { 1.0, 3.0 } }, { { 10.0, 20.0 } } });
        Assert.Equal([-1, 1, -1, 1], norm.Forward(x).ToArray<double>());
        Assert.Equal(0.5 * (2 + 15) / 2, norm.RunningMean!.Item<double>(), 1e-12);
        Assert.Equal((0.5 * 1) + (0.5 * (2 + 50) / 2), norm.RunningVar!.Item<double>(), 1e-12);
        Assert.Equal(["weight", "bias", "running_mean", "running_var", "num_batches_tracked"], norm.NamedState().Select(s => s.Key));
        norm.Eval();
        Assert.Equal(0, norm.Forward(Tensor.Full([1, 1, 2], 4.25, DType.Float64))[0, 0, 0].Item<double>(), 1e-12);
    }

    [Fact]
    public void InstanceNorm_WithoutBatchOrState_TakesOneExample()
    {
        var norm = new InstanceNorm2d(2, eps: 0, dtype: DType.Float64);
        Assert.Empty(norm.NamedState());
        norm.Eval();
        var y = norm.Forward(Tensor.From(new[, ,] { { { 1.0, 3.0 } }, { { 5.0, 1.0 } } }));
        Assert.Equal([2L, 1, 2], y.Shape.AsSpan().ToArray());
        Assert.Equal([-1, 1, 1, -1], y.ToArray<double>());
        Assert.Equal([0L, 2, 1, 2], norm.Forward(Tensor.Zeros([0, 2, 1, 2], DType.Float64)).Shape.AsSpan().ToArray());
        Assert.Contains("5, or 4 without a batch", Assert.Throws<ShapeException>(() => new InstanceNorm3d(2).Forward(Tensor.Zeros(2, 3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InstanceNorm_WithoutMomentum_KeepsItsAverages()
    {
        var norm = new InstanceNorm1d(1, momentum: null, trackRunningStats: true);
        norm.Forward(Tensor.From(new[, ,] { { { 1f, 3f } } }));
        Assert.Equal((0f, 1f), (norm.RunningMean!.Item<float>(), norm.RunningVar!.Item<float>()));
    }

    [Fact]
    public void RMSNorm_Options_ReachTheFunction()
    {
        var norm = new RMSNorm([2], eps: 0, dtype: DType.Float64);
        Assert.Equal(["weight"], norm.NamedState().Select(s => s.Key));
        using (Autograd.NoGrad())
            norm.Weight!.Fill_(5);
        double[] y = norm.Forward(Tensor.From([1.0, 7.0])).ToArray<double>();
        Assert.Equal(1, y[0], 1e-12);
        Assert.Equal(7, y[1], 1e-12);
        var plain = new RMSNorm([1], elementwiseAffine: false);
        Assert.Empty(plain.NamedState());
        Assert.Equal(1 / Math.Sqrt(3), plain.Forward(Tensor.From([1f / 4096])).Item<float>(), 1e-6); // the square is half of float32's eps
        Assert.Contains("[3]", Assert.Throws<ShapeException>(() => norm.Forward(Tensor.Zeros(3))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bilinear_TwoInputs_OrOneForBoth()
    {
        var layer = new Bilinear(2, 2, 1, dtype: DType.Float64);
        using (Autograd.NoGrad())
        {
            layer.Weight.Copy_(Tensor.From(new[, ,] { { { 1.0, 2.0 }, { 3.0, 4.0 } } }));
            layer.Bias!.Fill_(0.5);
        }

        Tensor a = Tensor.From([1.0, 10.0]), b = Tensor.From([1.0, 0.0]);
        Assert.Equal([31.5], layer.Forward(a, b).ToArray<double>());
        Assert.Equal([451.5], layer.Forward(a).ToArray<double>()); // 1 + 10 (2 + 3) + 400
        Assert.Equal(["weight", "bias"], layer.NamedState().Select(s => s.Key));
        Assert.Contains("0 features", Assert.Throws<TensorArgumentException>(() => new Bilinear(0, 2, 1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LayerNorm_WithoutBias_HasOnlyFactors()
    {
        var norm = new LayerNorm([2], eps: 0, bias: false, dtype: DType.Float64);
        Assert.Equal(["weight"], norm.NamedState().Select(s => s.Key));
        Assert.Null(norm.Bias);
        using (Autograd.NoGrad())
            norm.Weight!.Fill_(3);
        Assert.Equal([-3, 3], norm.Forward(Tensor.From([1.0, 5.0])).ToArray<double>());
        Assert.Empty(new LayerNorm([2], elementwiseAffine: false).NamedState());
    }

    [Fact]
    public void Embedding_Options_ReachTheTable()
    {
        var table = new Embedding(2, 1, maxNorm: 1, normType: 1, scaleGradByFreq: true, dtype: DType.Float64);
        using (Autograd.NoGrad())
            table.Weight.Fill_(4);
        table.Forward(Tensor.From([1L, 1])).Sum().Backward();
        Assert.Equal(4, table.Weight.Detach()[0].Item<double>());
        Assert.Equal(1, table.Weight.Detach()[1].Item<double>(), 1e-6);
        Assert.Equal([0, 1], table.Weight.Grad!.ToArray<double>()); // not 2: the row occurs twice
        Assert.Contains("3", Assert.Throws<TensorIndexException>(() => new Embedding(3, 2, paddingIdx: 3)).Message, StringComparison.Ordinal);
        Assert.Contains("-1", Assert.Throws<TensorArgumentException>(() => new Embedding(3, 2, maxNorm: -1)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Embedding_NormBeyondAHalfType_ScalesTheRow()
    {
        var weight = Tensor.Full([1, 65_536], 300, DType.Float16); // its norm is 76,800
        using var mode = Autograd.NoGrad();
        var row = Functional.Embedding(Tensor.From([0L]), weight, maxNorm: 38_400);
        Assert.Equal(150, (double)row.Select(1, 7).Item<Half>(), 0.5);
    }

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
