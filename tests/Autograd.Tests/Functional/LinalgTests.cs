namespace Nabla.Tests;

public sealed class LinalgTests
{
    [Fact]
    public void Cross_AlongAnyDimension_IsPerpendicularToBoth()
    {
        Tensor x = Tensor.From(new[,] { { 1.0, 0, 0 }, { 1, 2, 3 } }), y = Tensor.From(new[,] { { 0.0, 1, 0 } });
        Expect.Values(Linalg.Cross(x, y), 0, 0, 1, -3, 0, 1);
        Expect.Values(Linalg.Cross(x.T, y.T, 0), 0, -3, 0, 0, 1, 1);
        Assert.Equal([-3L, 6, -3], Linalg.Cross(Tensor.From(new long[] { 1, 2, 3 }), Tensor.From(new long[] { 4, 5, 6 })).ToArray<long>());
    }

    [Fact]
    public void Cross_HalfTypes_DoesNotOverflowOnTheWay()
    {
        Tensor x = Tensor.From([300.0, 300, 0]).To(DType.Float16), y = Tensor.From([300.0, 299, 0]).To(DType.Float16);
        Expect.Values(Linalg.Cross(x, y).To(DType.Float64), 0, 0, -300);
    }

    [Fact]
    public void Cross_OtherShapes_AreRefused()
    {
        Expect.Throws<ShapeException>(() => Linalg.Cross(Tensor.Ones(2, 3), Tensor.Ones(3)), "[2, 3]", "[3]");
        Expect.Throws<ShapeException>(() => Linalg.Cross(Tensor.Ones(2, 4), Tensor.Ones(2, 4)), "[2, 4]", "three components");
    }

    [Fact]
    public void VectorNorm_Orders_AndElementType()
    {
        var x = Tensor.From(new[,] { { 3.0, -4 }, { 0, 12 } });
        Expect.Values(Linalg.VectorNorm(x), 13);
        Expect.Values(Linalg.VectorNorm(x, double.PositiveInfinity, [0]), 3, 12);
        Expect.Values(Linalg.VectorNorm(x, 0, [1], keepDim: true), 2, 1);
        Assert.Equal(DType.Float64, Linalg.VectorNorm(x.To(DType.Float32), dtype: DType.Float64).DType);
        Expect.Throws<DTypeException>(() => Linalg.VectorNorm(Tensor.Ones([2], DType.Int64)), "int64");
    }

    [Fact]
    public void Vander_Powers_AreInARowOfTheirOwn()
    {
        var x = Tensor.From(new long[] { 2, -3, 0 });
        Assert.Equal([1L, 2, 4, 1, -3, 9, 1, 0, 0], Linalg.Vander(x).ToArray<long>());
        Assert.Equal([3L, 2], Linalg.Vander(x, 2).Shape.AsSpan().ToArray());
        var zero = Tensor.From([0.0]).RequiresGrad_();
        Linalg.Vander(zero, 3).Sum().Backward();
        Expect.Values(zero.Grad, 1);
        Expect.Throws<TensorArgumentException>(() => Linalg.Vander(x, 0), "0 powers");
        Expect.Throws<ShapeException>(() => Linalg.Vander(Tensor.Ones([])), "[1]");
    }

    [Fact]
    public void Cov_Weights_CountObservations()
    {
        var x = Tensor.From(new[,] { { 0.0, 2 }, { 1, 5 } });
        Expect.Values(x.Cov(), 2, 4, 4, 8);
        Expect.Values(x.Cov(correction: 0), 1, 2, 2, 4);
        var repeated = Tensor.From(new[,] { { 0.0, 2, 2 }, { 1, 5, 5 } });
        Expect.Values(x.Cov(fweights: Tensor.From(new long[] { 1, 2 })), repeated.Cov().ToArray<double>());
        Expect.Values(x.Cov(correction: 0, aweights: Tensor.From([0.5, 1.0])), repeated.Cov(0).ToArray<double>());
        // Two observations that weigh 1/3 and 2/3 of their sum: 1.5 - (0.25 + 1) / 1.5 in place of n - 1.
        Expect.Values(x[0].Cov(aweights: Tensor.From([0.5, 1.0])), 0.5 * 4 * (2 / 3.0) / (1.5 - (1.25 / 1.5)));
        Assert.Equal(0, x[0].Cov().Dim);
        Expect.Throws<DTypeException>(() => x.Cov(fweights: Tensor.From([1.0, 2.0])), "aweights");
        Expect.Throws<ShapeException>(() => x.Cov(aweights: Tensor.Ones(3)), "[3]", "2 observations");
        Expect.Throws<ShapeException>(() => Tensor.Ones(2, 2, 2).Cov(), "[2, 2, 2]");
    }

    [Fact]
    public void Corrcoef_OfRows_IsOneForMultiples()
    {
        Expect.Values(Tensor.From(new[,] { { 0.0, 1, 2 }, { 5, 3, 1 }, { 1, 0, 1 } }).Corrcoef(), 1, -1, 0, -1, 1, 0, 0, 0, 1);
        Expect.Values(Tensor.From([1.0, 2]).Corrcoef(), 1);
        var far = Tensor.From(new[,] { { 0.0, 300 }, { 300, 0 } }).To(DType.Float16); // their covariances lie beyond float16
        Expect.Values(far.Corrcoef().To(DType.Float64), 1, -1, -1, 1);
    }
}
