using System.Runtime.Intrinsics;

namespace Nabla.Tests;

public sealed class ReductionTests
{
    private static readonly Tensor Grid = Tensor.From(new[,] { { 1.0, 4.0, 2.0 }, { 4.0, 0.0, 4.0 } });

    [Fact]
    public void All_AndAny_OfNothing()
    {
        var none = Tensor.Zeros([2, 0], DType.Bool);
        Assert.True(none.All().Item<bool>());
        Assert.False(none.Any().Item<bool>());
        Assert.Equal([true, true], none.All(1).ToArray<bool>());
        Expect.Shape(none.Any(0, keepDim: true), 1, 0);
    }

    [Fact]
    public void Any_OfUInt8_IsUInt8()
    {
        Assert.Equal(DType.UInt8, Tensor.From(new byte[] { 0, 3 }).Any().DType);
        Assert.Equal(DType.Bool, Tensor.From(new[] { 0.0, double.NaN }).All().DType);
        Assert.False(Tensor.From(new[] { 0.0, double.NaN }).All().Item<bool>());
    }

    [Fact]
    public void Max_AlongDimension_GivesTheFirstIndexItsGradient()
    {
        var x = Grid.Clone().RequiresGrad_();
        var (values, indices) = x.Max(1);
        Assert.Equal([1L, 0L], indices.ToArray<long>());
        values.Sum().Backward();
        Expect.Values(x.Grad, 0, 1, 0, 1, 0, 0);
    }

    [Fact]
    public void AMax_AlongDimension_SharesTheGradient()
    {
        var x = Grid.Clone().RequiresGrad_();
        x.AMax(1, keepDim: true).Sum().Backward();
        Expect.Values(x.Grad, 0, 1, 0, 0.5, 0, 0.5);
    }

    [Fact]
    public void Max_WithNaN_IsNaN()
    {
        var (values, indices) = Tensor.From(new[] { 1.0, double.NaN, double.PositiveInfinity }).Max(0);
        Assert.True(double.IsNaN(values.Item<double>()));
        Assert.Equal(1, indices.Item<long>());
    }

    [Fact]
    public void Extremes_OfScalarsAndBools()
    {
        var (value, index) = Tensor.From(3.0).Max(0);
        Assert.Equal(3, value.Item<double>());
        Assert.Equal(0, index.Item<long>());
        Assert.Equal(0, Tensor.From(3.0).ArgMax(-1).Item<long>());
        Assert.Equal([true, false], Tensor.From(new[,] { { false, true }, { false, false } }).Max(1).Values.ToArray<bool>());
        Assert.Equal(1, Grid.ArgMax().Item<long>());
        Expect.Throws<ShapeException>(() => Tensor.Zeros(2, 0).Max(1), "argmax");
        Expect.Throws<TensorIndexException>(() => Grid.Max(2), "dimension 2");
    }

    [Fact]
    public void Var_OfOneElement_IsNaNUnlessUncorrected()
    {
        var x = Tensor.From(new[,] { { 2.0 }, { 3.0 } });
        Expect.Values(x.Var(1), double.NaN, double.NaN);
        Expect.Values(x.Var(1, correction: 0), 0, 0);
        Expect.Throws<DTypeException>(() => Tensor.From(new[] { 1, 2 }).Std(), "std");
    }

    [Fact]
    public void Std_OfEqualElements_HasNoGradientAndNoNaN()
    {
        var x = Expect.Leaf(2, 2, 2);
        x.Std().Backward();
        Expect.Values(x.Grad, 0, 0, 0);
    }

    /// <summary>The squares add up to more than float32 holds; a variance that needs a gradient is the same as one that needs none.</summary>
    [Fact]
    public void Var_WithGradient_IsTheSame()
    {
        var x = Tensor.From(new[] { 1.5e19f, -1.5e19f }).RequiresGrad_();
        var variance = x.Var(correction: 0);
        Assert.Equal(x.Detach().Var(correction: 0).Item<float>(), variance.Item<float>());
        if (Vector128.IsHardwareAccelerated)
            Assert.Equal(2.25e38, variance.Item<float>(), 1e33);
        variance.Backward();
        Expect.Values(x.Grad, 1.5e19f, -1.5e19f);
    }

    /// <summary>On the CPU where it has vectors: elsewhere the variance is float32's.</summary>
    [Theory]
    [InlineData(1e20f)]
    [InlineData(1e-25f)]
    public void Std_SquaresBeyondFloat32_HasValueAndGradient(float scale)
    {
        Assert.SkipUnless(Vector128.IsHardwareAccelerated, "without vectors the CPU has no kernel of its own");
        var x = Tensor.From(new[] { scale, -scale }).RequiresGrad_();
        var std = x.Std();
        Assert.Equal(Math.Sqrt(2) * scale, std.Item<float>(), 1e-6 * scale);
        std.Backward();
        Expect.Values(x.Grad, Math.Sqrt(0.5), -Math.Sqrt(0.5));
    }

    [Fact]
    public void NanMean_LeavesOutNaN()
    {
        var x = Tensor.From(new[,] { { 1.0, double.NaN }, { double.NaN, double.NaN } }).RequiresGrad_();
        var mean = x.NanMean([1]);
        Expect.Values(mean.Detach(), 1, double.NaN);
        x.NanSum().Backward();
        Expect.Values(x.Grad, 1, 0, 0, 0);
    }

    [Fact]
    public void NanSum_KeepsInfinities()
    {
        double inf = double.PositiveInfinity;
        var x = Tensor.From(new[,] { { 1, double.NaN, inf }, { -inf, double.NaN, 3 }, { -inf, inf, 0 } });
        Expect.Values(x.NanSum([1]), inf, -inf, double.NaN);
        x.RequiresGrad_().NanSum([1])[..2].Sum().Backward();
        Expect.Values(x.Grad, 1, 0, 1, 1, 0, 1, 0, 0, 0);
    }

    [Theory]
    [InlineData(0.0, 2)]
    [InlineData(1.0, 7)]
    [InlineData(2.0, 5)]
    [InlineData(double.PositiveInfinity, 4)]
    [InlineData(double.NegativeInfinity, 0)]
    [InlineData(3.0, 4.497941445275415)]
    [InlineData(0.5, 13.928203230275509)]
    [InlineData(-1.0, 0)]
    public void Norm_OfThreeFourZero(double p, double expected) =>
        Assert.Equal(expected, Tensor.From(new[] { 3.0, -4.0, 0.0 }).Norm(p).Item<double>(), 1e-12);

    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    [InlineData(2.0)]
    [InlineData(3.0)]
    [InlineData(double.PositiveInfinity)]
    public void Norm_OfZeros_HasNoGradientAndNoNaN(double p)
    {
        var x = Expect.Leaf(0, 0);
        x.Norm(p).Backward();
        Expect.Values(x.Grad, 0, 0);
    }

    [Fact]
    public void Renorm_ScalesOnlyWhatIsTooLong()
    {
        var x = Tensor.From(new[,] { { 3.0, 4.0 }, { 0.3, 0.4 } });
        Expect.Values(x.Renorm(2, 0, 1), 0.6 / (1 + 2e-8), 0.8 / (1 + 2e-8), 0.3, 0.4);
        Expect.Throws<TensorArgumentException>(() => x.Renorm(0, 0, 1), "renorm");
    }

    [Fact]
    public void LogSumExp_OfNothingAndOfInfinities()
    {
        Expect.Values(Tensor.Zeros(2, 0).LogSumExp(1), double.NegativeInfinity, double.NegativeInfinity);
        Expect.Values(Tensor.From(new[] { double.NegativeInfinity, double.NegativeInfinity }).LogSumExp(0), double.NegativeInfinity);
        Expect.Values(Tensor.From(new[] { double.PositiveInfinity, 1 }).LogSumExp(0), double.PositiveInfinity);
        Assert.Equal(DType.Float32, Tensor.From(new[] { 1, 2 }).LogSumExp(0).DType);
    }

    [Fact]
    public void Diff_RepeatedAndOfBools()
    {
        Expect.Values(Tensor.From(new[] { 1.0, 4.0, 9.0, 16.0 }).Diff(2), 2, 2);
        Assert.Equal([true, false], Tensor.From(new[] { true, false, false }).Diff().ToArray<bool>());
        Expect.Values(Tensor.From(new[] { 2.0 }).Diff(append: Tensor.From(new[] { 5.0 })), 3);
        Expect.Shape(Tensor.Zeros(2, 3).Diff(n: 5), 2, 0);
    }

    [Fact]
    public void Trapezoid_OfAVectorForEachRow()
    {
        Expect.Values(Tensor.Trapezoid(Grid, dx: 2), 11, 8);
        Expect.Values(Tensor.Trapezoid(Grid, Tensor.From(new[] { 0.0, 1.0, 3.0 })), 8.5, 6);
        Expect.Values(Tensor.Trapezoid(Tensor.From(new[] { 1.0 })), 0);
    }

    [Fact]
    public void CountNonzero_AlongDimensions()
    {
        Assert.Equal(5, Grid.CountNonzero().Item<long>());
        Assert.Equal([2L, 1L, 2L], Grid.CountNonzero(0).ToArray<long>());
    }
}
