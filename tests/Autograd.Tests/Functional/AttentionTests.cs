namespace Nabla.Tests;

/// <summary>Attention in one operation and, where weights are dropped or the mask takes a gradient, in parts.</summary>
public sealed class AttentionTests
{
    private const double Nothing = double.NegativeInfinity;

    [Theory]
    [InlineData(0, false)]
    [InlineData(0, true)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Backward_ARowThatSeesNothing_GivesZerosToItAlone(double dropoutP, bool maskTakesGradient)
    {
        var generator = new Generator(1);
        Tensor Part() => Tensor.Rand([2, 2], DType.Float64, generator: generator).RequiresGrad_();
        var (q, k, v) = (Part(), Part(), Part());
        var mask = Tensor.From(new[,] { { Nothing, Nothing }, { 0, 0 } }, maskTakesGradient);
        var y = Functional.ScaledDotProductAttention(q, k, v, mask, dropoutP);
        Expect.Values(y[0].Detach(), 0, 0);
        y.Sum().Backward();
        Expect.Values(q.Grad![0], 0, 0);
        foreach (var gradient in new[] { q.Grad, k.Grad, v.Grad })
            Assert.True(gradient!.IsFinite().All().Item<bool>());
        if (maskTakesGradient)
        {
            Expect.Values(mask.Grad![0], 0, 0);
            Assert.True(mask.Grad.IsFinite().All().Item<bool>());
        }
    }

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float64)]
    public void Mask_OfFloat32_GoesWithEveryType(DType dtype)
    {
        // The first row is as far down as half types do not reach: its weights are equal, not nothing.
        var mask = Tensor.From(new[,] { { -1e9f, -1e9f }, { 0, 1 } });
        var (q, k, v) = (Of(dtype, 1, 0, 0, 1), Of(dtype, 0.5, 0.25, 1, -1), Of(dtype, 1, 2, 3, 4));
        var whole = Functional.ScaledDotProductAttention(q, k, v, mask);
        mask.RequiresGrad = true;
        var parts = Functional.ScaledDotProductAttention(q, k, v, mask);
        Assert.Equal((dtype, dtype), (whole.DType, parts.DType));
        if (dtype != DType.Float64)
            Expect.Values(whole[0], 2, 3);
        Assert.True((whole - parts.Detach()).Abs().Max().Item<double>() < 0.02);
        parts.Sum().Backward();
        Assert.Equal(DType.Float32, mask.Grad!.DType);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mask_OfAWiderType_IsRefusedHoweverItIsComputed(bool takesGradient)
    {
        var x = Of(DType.Float32, 1, 0, 0, 1);
        var mask = Tensor.Zeros([2, 2], DType.Float64, requiresGrad: takesGradient);
        Expect.Throws<DTypeException>(() => Functional.ScaledDotProductAttention(x, x, x, mask), "float32", "float64");
        Expect.Throws<DTypeException>(() => Functional.ScaledDotProductAttention(x, x, x.To(DType.Float64), dropoutP: 0.5), "float64");
    }

    [Fact]
    public void Backward_OfHalf_SumsWhatHalfCannotHold()
    {
        // g y is 90000; the weights do not matter to a value that is everywhere the same.
        Tensor One(params double[] values) => Tensor.From(values).Reshape(-1, 1).To(DType.Float16).RequiresGrad_();
        var (q, k, v) = (One(1), One(1, 1), One(300, 300));
        Functional.ScaledDotProductAttention(q, k, v).Backward(Tensor.Full([1, 1], 300, DType.Float16));
        Expect.Values(q.Grad, 0);
        Expect.Values(k.Grad, 0, 0);
        Expect.Values(v.Grad, 150, 150);
    }

    private static Tensor Of(DType dtype, params double[] values) => Tensor.From(values).Reshape(2, 2).To(dtype);
}
