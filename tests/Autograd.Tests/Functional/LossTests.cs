namespace Nabla.Tests;

public sealed class LossTests
{
    [Fact]
    public void Errors_NameTheFunctionThatWasCalled()
    {
        Tensor x = Tensor.Zeros([4]), y = Tensor.Zeros([3]), whole = Tensor.From(new long[] { 1, 2 }), heads = Tensor.Zeros([2, 4]);
        Expect.Throws<ShapeException>(() => Functional.L1Loss(x, y), "l1_loss", "[4]", "[3]");
        Expect.Throws<ShapeException>(() => Functional.MseLoss(x, y), "mse_loss", "[4]", "[3]");
        Expect.Throws<DTypeException>(() => Functional.LogSigmoid(whole), "logsigmoid", "int64");
        Expect.Throws<DTypeException>(() => Functional.Mish(whole), "mish", "int64");
        Expect.Throws<TensorArgumentException>(() => Functional.OneHot(whole, 0), "one_hot", "0");
        Expect.Throws<TensorArgumentException>(() => Functional.ScaledDotProductAttention(heads, heads, heads, dropoutP: -0.1), "scaled_dot_product_attention", "-0.1");
        Expect.Throws<TensorArgumentException>(() => Functional.ScaledDotProductAttention(heads, heads, heads, dropoutP: double.NaN), "NaN");
    }

    [Fact]
    public void HuberLosses_BroadcastAndPromote()
    {
        Tensor x = Expect.Leaf(1, 5, -5, 2), y = Expect.Leaf(2);
        Expect.Values(Functional.HuberLoss(x, y.To(DType.Float32), Reduction.None, delta: 2), 0.5, 4, 12, 0);
        var loss = Functional.SmoothL1Loss(x, y.To(DType.Float32), Reduction.Sum, beta: 2);
        Assert.Equal((DType.Float64, 8.25), (loss.DType, loss.Item<double>()));
        loss.Backward();
        Expect.Values(x.Grad, -0.5, 1, -1, 0);
        Expect.Values(y.Grad, 0.5);
        Expect.Values(Functional.HuberLoss(Tensor.From(new long[] { 1, 5 }), Tensor.From(2L), Reduction.None), 0.5, 2.5);
        Expect.Throws<ShapeException>(() => Functional.SmoothL1Loss(x, Tensor.Zeros([3])), "smooth_l1_loss", "[4]", "[3]");
    }

    [Theory]
    [InlineData(DType.Float64, 1e-310)]
    [InlineData(DType.Float64, 1e-300)]
    [InlineData(DType.Float32, 1e-40)]
    [InlineData(DType.Float32, 2e-38)]
    [InlineData(DType.BFloat16, 1e-39)]
    public void SmoothL1Loss_WithABetaNextToNothing_IsTheDistance(DType dtype, double beta)
    {
        Tensor x = Expect.Leaf(0, 1, -2), y = Expect.Leaf(0, 0, 3);
        var losses = Functional.SmoothL1Loss(x.To(dtype), y.To(dtype), Reduction.None, beta);
        Expect.Values(losses.To(DType.Float64), 0, 1, 5);
        losses.Sum().Backward();
        Expect.Values(x.Grad, 0, 1, -1);
        Expect.Values(y.Grad, 0, -1, 1);
    }

    [Fact]
    public void BinaryCrossEntropy_AtTheBounds_HasPyTorchsValueAndSlope()
    {
        // PyTorch bounds the logarithms by -100 and x (1 - x) in the slope by 1e-12.
        var x = Expect.Leaf(0, 0, 1, 1);
        var losses = Functional.BinaryCrossEntropy(x, Tensor.From(new[] { 0.0, 1.0, 0.0, 1.0 }), reduction: Reduction.None);
        Expect.Values(losses, 0, 100, 100, 0);
        losses.Sum().Backward();
        Expect.Values(x.Grad, 0, -1e12, 1e12, 0);
    }

    [Fact]
    public void BinaryCrossEntropy_NoProbability_Throws()
    {
        var target = Tensor.From(new[] { 1.0 });
        Expect.Throws<TensorArgumentException>(() => Functional.BinaryCrossEntropy(Tensor.From(new[] { 1.5 }), target), "0 .. 1");
        Expect.Throws<TensorArgumentException>(() => Functional.BinaryCrossEntropy(Tensor.From(new[] { double.NaN }), target), "0 .. 1");
        Expect.Throws<ShapeException>(() => Functional.BinaryCrossEntropy(Tensor.Zeros([2], DType.Float64), target), "[2]", "[1]");
    }

    [Fact]
    public void BinaryCrossEntropyWithLogits_LargeScores_DoNotOverflow()
    {
        var x = Expect.Leaf(1000, -1000, 1000);
        var losses = Functional.BinaryCrossEntropyWithLogits(x, Tensor.From(new[] { 1.0, 0.0, 0.0 }), reduction: Reduction.None);
        Expect.Values(losses, 0, 0, 1000);
        losses.Sum().Backward();
        Expect.Values(x.Grad, 0, 0, 1);
    }

    [Fact]
    public void CrossEntropy_EverythingIgnored_IsNaNInTheMeanAndZeroInTheSum()
    {
        var x = Tensor.Zeros([2, 3], DType.Float64, requiresGrad: true);
        var target = Tensor.From(new long[] { -100, -100 });
        Expect.Values(Functional.CrossEntropy(x, target), double.NaN);
        Expect.Values(Functional.CrossEntropy(x, target, reduction: Reduction.None), 0, 0);
        var sum = Functional.CrossEntropy(x, target, reduction: Reduction.Sum);
        sum.Backward();
        Expect.Values(sum, 0);
        Expect.Values(x.Grad, 0, 0, 0, 0, 0, 0);
    }

    [Fact]
    public void CrossEntropy_PlainTargets_AddOneNodeAndTheReduction()
    {
        var x = Tensor.Zeros([2, 3], DType.Float64, requiresGrad: true);
        var loss = Functional.CrossEntropy(x, Tensor.From(new long[] { 0, 2 }));
        Expect.Values(loss, Math.Log(3));
        Assert.Equal("mean", loss.GradFn);
        Assert.Equal("cross_entropy", loss.GradEdge.Node!.Inputs[0].Node!.Name);
    }

    [Fact]
    public void CrossEntropy_BadTargets_Throw()
    {
        var x = Tensor.Zeros(2, 3);
        Expect.Throws<TensorIndexException>(() => Functional.CrossEntropy(x, Tensor.From(new long[] { 0, 3 })), "3");
        Expect.Throws<TensorIndexException>(() => Functional.CrossEntropy(x, Tensor.From(new long[] { 0, -1 })), "-1");
        var images = Tensor.Zeros(2, 3, 2);
        Expect.Throws<TensorIndexException>(() => Functional.CrossEntropy(images, Tensor.From(new long[,] { { 0, 2 }, { 3, 0 } })), "cross_entropy", "3");
        Expect.Throws<TensorIndexException>(() => Functional.NllLoss(images, Tensor.From(new long[,] { { 0, -100 }, { -1, 0 } })), "nll_loss", "-1");
        Expect.Throws<DTypeException>(() => Functional.CrossEntropy(x, Tensor.From(new[] { 0, 1 })), "int32");
        Expect.Throws<ShapeException>(() => Functional.CrossEntropy(x, Tensor.From(new long[] { 0, 1, 2 })), "[2, 3]", "[3]");
        Expect.Throws<ShapeException>(() => Functional.CrossEntropy(x, Tensor.From(new long[] { 0, 1 }), Tensor.Ones(4)), "[4]", "3 classes");
        Expect.Throws<TensorArgumentException>(() => Functional.CrossEntropy(x, Tensor.From(new long[] { 0, 1 }), labelSmoothing: 1.5), "1.5");
        Expect.Throws<TensorArgumentException>(() => Functional.MseLoss(x, x, Reduction.BatchMean), "BatchMean");
    }

    [Fact]
    public void CrossEntropy_Images_AgreesWithRows()
    {
        var x = Tensor.Arange(12, dtype: DType.Float64).Sin().Reshape(2, 3, 2);
        var target = Tensor.From(new long[,] { { 0, 2 }, { 1, 1 } });
        var rows = Functional.CrossEntropy(x.Permute(0, 2, 1).Reshape(4, 3), target.Reshape(4), reduction: Reduction.None);
        var losses = Functional.CrossEntropy(x, target, reduction: Reduction.None);
        Expect.Shape(losses, 2, 2);
        Expect.Values(losses, rows.ToArray<double>());
    }

    /// <summary>Weighted, smoothed, ignored: what images give is what their pixels give as rows, gradients included.</summary>
    [Theory]
    [InlineData(Reduction.None)]
    [InlineData(Reduction.Sum)]
    [InlineData(Reduction.Mean)]
    public void CrossEntropy_Images_WithAll_AgreesWithRows(Reduction reduction)
    {
        Tensor x = Tensor.Arange(24, dtype: DType.Float64).Sin().Reshape(2, 3, 2, 2).RequiresGrad_(), w = Tensor.From(new[] { 0.5, 2, 1.5 });
        var target = Tensor.From(new long[] { 0, 2, 1, 1, 2, 0, -1, 1 }).Reshape(2, 2, 2);
        var rows = x.Permute(0, 2, 3, 1).Reshape(8, 3).Detach().RequiresGrad_();
        foreach (double smoothing in new[] { 0, 0.3 })
        {
            (x.Grad, rows.Grad) = (null, null);
            var expected = Functional.CrossEntropy(rows, target.Reshape(8), w, ignoreIndex: -1, reduction: reduction, labelSmoothing: smoothing);
            var actual = Functional.CrossEntropy(x, target, w, ignoreIndex: -1, reduction: reduction, labelSmoothing: smoothing);
            Expect.Values(actual, expected.ToArray<double>());
            expected.Sum().Backward();
            actual.Sum().Backward();
            Expect.Values(x.Grad!.Permute(0, 2, 3, 1), rows.Grad!.ToArray<double>());
            Expect.Values(
                Functional.NllLoss(x.LogSoftmax(1), target, w, ignoreIndex: -1, reduction: reduction),
                Functional.NllLoss(rows.LogSoftmax(1), target.Reshape(8), w, ignoreIndex: -1, reduction: reduction).ToArray<double>());
        }
    }

    [Fact]
    public void KlDiv_ZeroTarget_CountsNothing()
    {
        var y = Expect.Leaf(0, 0.5);
        var loss = Functional.KlDiv(Tensor.From(new[] { -1.0, -2.0 }), y, Reduction.Sum);
        Expect.Values(loss, 0.5 * (Math.Log(0.5) + 2));
        loss.Backward();
        Assert.True(double.IsFinite(y.Grad!.ToArray<double>()[0]));
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void CrossEntropy_HalfTypes_RoundsTheLossOnce(DType dtype)
    {
        // With scores near 200 a logsumexp in bfloat16 would be off by up to half of what is asked.
        var x = Tensor.From(new[,] { { 200f, 199f, 198f }, { 20f, 19f, 24f } }).To(dtype).RequiresGrad_();
        var target = Tensor.From(new long[] { 1, 2 });
        foreach (double smoothing in new[] { 0, 0.25 })
        {
            var wide = x.Detach().To(DType.Float64).RequiresGrad_();
            var (actual, expected) = (Functional.CrossEntropy(x, target, reduction: Reduction.None, labelSmoothing: smoothing), Functional.CrossEntropy(wide, target, reduction: Reduction.None, labelSmoothing: smoothing));
            Assert.Equal(dtype, actual.DType);
            x.Grad = null;
            actual.Sum().Backward();
            expected.Sum().Backward();
            double ulp = dtype == DType.Float16 ? 1.0 / 2048 : 1.0 / 256;
            Near(expected, actual, ulp);
            Near(wide.Grad!, x.Grad!, ulp);
        }

        static void Near(Tensor expected, Tensor actual, double tolerance) => Assert.All(
            expected.ToArray<double>().Zip(actual.To(DType.Float64).ToArray<double>()), p => Assert.Equal(p.First, p.Second, (tolerance * Math.Abs(p.First)) + 1e-7));
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    public void ClassLosses_HalfTypes_RoundOnceWithWeightsAndProbabilities(DType dtype)
    {
        var scores = (Tensor.Arange(320, dtype: DType.Float64).Sin() * 4).Reshape(64, 5).To(dtype);
        var weight = Tensor.From(new[] { 0.3, 1.7, 0.9, 2.3, 0.7 }).To(dtype);
        var classes = Tensor.Arange(64).Remainder(5);
        var probabilities = (Tensor.Arange(320, dtype: DType.Float64) * 1.7).Cos().Reshape(64, 5).Softmax(1).To(dtype);
        foreach (var reduction in new[] { Reduction.None, Reduction.Mean, Reduction.Sum })
        {
            RoundsOnce((x, w, _) => Functional.CrossEntropy(x, classes, w, reduction: reduction));
            RoundsOnce((x, w, _) => Functional.CrossEntropy(x, classes, w, ignoreIndex: 2, reduction: reduction, labelSmoothing: 0.1));
            RoundsOnce((x, w, p) => Functional.CrossEntropy(x, p, w, reduction: reduction, labelSmoothing: 0.1));
            RoundsOnce((x, _, p) => Functional.CrossEntropy(x, p, reduction: reduction));
            RoundsOnce((x, w, _) => Functional.NllLoss(x, classes, w, ignoreIndex: 2, reduction));
        }

        void RoundsOnce(Func<Tensor, Tensor, Tensor, Tensor> loss)
        {
            var wide = DType.Float32;
            var (actual, expected) = (loss(scores, weight, probabilities), loss(scores.To(wide), weight.To(wide), probabilities.To(wide)).To(dtype));
            Assert.Equal(dtype, actual.DType);
            Assert.Equal(expected.To(wide).ToArray<float>(), actual.To(wide).ToArray<float>());
        }
    }

    [Fact]
    public void ClassLosses_MeanOfMoreThanAHalfTypeHolds_IsTheMean()
    {
        var target = Tensor.Zeros([70_000], DType.Int64);
        target[0].Fill_(-100);
        foreach (var weight in new[] { null, Tensor.Ones([2], DType.Float16) })
        {
            var x = Tensor.Zeros([70_000, 2], DType.Float16, requiresGrad: true);
            var loss = Functional.CrossEntropy(x, target, weight);
            Assert.Equal(Math.Log(2), (double)loss.Item<Half>(), 5e-4);
            loss.Backward();
            Assert.Equal(-0.5 / 69_999, (double)x.Grad![1, 0].Item<Half>(), 1e-7);
            Assert.Equal(Half.Zero, x.Grad[0, 0].Item<Half>());
            Assert.Equal(1.0, (double)Functional.NllLoss(x.Detach() - 1, target, weight).Item<Half>(), 1e-3);
        }
    }

    [Fact]
    public void ClassLosses_WeightsOfAnotherType_GiveTheTypeOfTheScores()
    {
        var target = Tensor.From(new long[] { 0, 2 });
        foreach (var (dtype, weights) in new[] { (DType.Float16, DType.Float32), (DType.BFloat16, DType.Float32), (DType.Float32, DType.Float64) })
            foreach (var reduction in new[] { Reduction.None, Reduction.Mean, Reduction.Sum })
            {
                var (x, weight) = (Tensor.Ones([2, 3], dtype), Tensor.Ones([3], weights));
                Assert.Equal(dtype, Functional.CrossEntropy(x, target, weight, reduction: reduction).DType);
                Assert.Equal(dtype, Functional.CrossEntropy(x, target, weight, reduction: reduction, labelSmoothing: 0.1).DType);
                Assert.Equal(dtype, Functional.NllLoss(x, target, weight, reduction: reduction).DType);
            }

        // Probabilities promote, as in PyTorch.
        Assert.Equal(DType.Float32, Functional.CrossEntropy(Tensor.Ones([2, 3], DType.Float16), Tensor.Ones([2, 3])).DType);
    }
}
