namespace Nabla.Tests.Optim;

public sealed class ClipGradientsTests
{
    private static Tensor[] Parameters(params double[] gradients) => [.. gradients.Select(g =>
    {
        var p = Tensor.From([0.0], requiresGrad: true);
        (p * g).Sum().Backward();
        return p;
    })];

    private static double[] Gradients(Tensor[] parameters) => [.. parameters.Select(p => p.Grad!.Item<double>())];

    [Fact]
    public void Norm_AboveTheLimit_ScalesAllGradientsAlike()
    {
        var parameters = Parameters(3, -4);
        Assert.Equal(5, ClipGradients.Norm([.. parameters, Tensor.From([1.0], requiresGrad: true)], maxNorm: 1).Item<double>(), 1e-12);
        Assert.Equal([0.6, -0.8], Gradients(parameters), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Norm_NotFinite_IsAnErrorWhereAskedFor(double gradient)
    {
        var parameters = Parameters(3, gradient);
        var error = Assert.Throws<TensorArgumentException>(() => ClipGradients.Norm(parameters, maxNorm: 1, errorIfNonfinite: true));
        Assert.Contains("norm of order 2", error.Message, StringComparison.Ordinal);
        Assert.Equal([3, gradient], Gradients(parameters));
        Assert.False(double.IsFinite(ClipGradients.Norm(parameters, maxNorm: 1).Item<double>()));
        Assert.Equal(4, ClipGradients.Norm(Parameters(-4), maxNorm: 1, errorIfNonfinite: true).Item<double>(), 1e-12);
    }

    [Theory]
    [InlineData(DType.Float16, DType.Float16, 60000)]
    [InlineData(DType.Float16, DType.Float32, 4e5)]
    [InlineData(DType.Float16, DType.BFloat16, 4e5)]
    [InlineData(DType.Float32, DType.Float64, 1e60)]
    public void Norm_BeyondTheFirstType_StillClips(DType first, DType second, double large)
    {
        Tensor Parameter(DType dtype, double gradient)
        {
            var p = Tensor.Zeros([], dtype, requiresGrad: true);
            p.Grad = Tensor.Full([], gradient, dtype);
            return p;
        }

        Tensor[] parameters = [Parameter(first, 30000), Parameter(second, large)];
        double expected = Math.Sqrt((3e4 * 3e4) + (large * large));
        var norm = ClipGradients.Norm(parameters, maxNorm: 1);
        Assert.Equal(second == DType.Float64 ? DType.Float64 : DType.Float32, norm.DType);
        Assert.Equal(1, norm.Item<double>() / expected, 0.01);
        Assert.Equal(3e4 / expected, parameters[0].Grad!.Item<double>(), 0.01);
        Assert.Equal(large / expected, parameters[1].Grad!.Item<double>(), 0.01);
    }

    [Fact]
    public void Norm_WithinTheLimit_ChangesNothing()
    {
        var parameters = Parameters(3, -4);
        Assert.Equal(4, ClipGradients.Norm(parameters, maxNorm: 4.5, normType: double.PositiveInfinity).Item<double>());
        Assert.Equal([3, -4], Gradients(parameters));
        Assert.Equal(0, ClipGradients.Norm([Tensor.From([1.0], requiresGrad: true)], maxNorm: 1).Item<float>());
    }

    [Fact]
    public void Value_LimitsEveryElement()
    {
        var parameters = Parameters(3, -0.25, -4);
        ClipGradients.Value(parameters, 0.5);
        Assert.Equal([0.5, -0.25, -0.5], Gradients(parameters));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void BadLimit_IsRefused(double limit)
    {
        Assert.Contains("limit", Assert.Throws<TensorArgumentException>(() => ClipGradients.Norm(Parameters(1), limit)).Message, StringComparison.Ordinal);
        Assert.Contains("limit", Assert.Throws<TensorArgumentException>(() => ClipGradients.Value(Parameters(1), limit)).Message, StringComparison.Ordinal);
    }
}
