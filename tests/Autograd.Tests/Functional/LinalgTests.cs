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
        Expect.Throws<ShapeException>(() => Linalg.Cross(Tensor.Ones(2, 3), Tensor.Ones(4, 3)), "linalg_cross", "[2, 3]", "[4, 3]");
        Expect.Throws<DTypeException>(() => Linalg.Cross(Tensor.Ones([3], DType.Bool), Tensor.Ones([3], DType.Bool)), "linalg_cross", "bools");
    }

    [Fact]
    public void VectorNorm_Orders_AndElementType()
    {
        var x = Tensor.From(new[,] { { 3.0, -4 }, { 0, 12 } });
        Expect.Values(Linalg.VectorNorm(x), 13);
        Expect.Values(Linalg.VectorNorm(x, double.PositiveInfinity, [0]), 3, 12);
        Expect.Values(Linalg.VectorNorm(x, 0, [1], keepDim: true), 2, 1);
        Assert.Equal(DType.Float64, Linalg.VectorNorm(x.To(DType.Float32), dtype: DType.Float64).DType);
        Expect.Throws<DTypeException>(() => Linalg.VectorNorm(Tensor.Ones([2], DType.Int64)), "linalg_vector_norm", "int64");
        Expect.Throws<DTypeException>(() => Linalg.VectorNorm(Tensor.Ones([2], DType.Int64), dtype: DType.Float32), "linalg_vector_norm", "int64");
        Expect.Throws<TensorIndexException>(() => Linalg.VectorNorm(x, dims: [2]), "linalg_vector_norm", "2");
        Expect.Throws<TensorArgumentException>(() => Linalg.VectorNorm(x, dims: [1, -1]), "linalg_vector_norm", "more than once");
    }

    [Fact]
    public void VectorNorm_NegativeOrdersAndDimensions_TakeTheSmallest()
    {
        var x = Tensor.From(new[,] { { 3.0, -4 }, { 6, 12 } });
        Expect.Values(Linalg.VectorNorm(x, double.NegativeInfinity), 3);
        Expect.Values(Linalg.VectorNorm(x, double.NegativeInfinity, [-2]), 3, 4);
        Expect.Values(Linalg.VectorNorm(x, -1, [-1]), 12 / 7.0, 4);
        Expect.Values(Linalg.VectorNorm(Tensor.From([0.0, 5]), -2), 0);
    }

    [Theory]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    [InlineData(-1.0)]
    public void VectorNorm_OfNothing_NeedsAnIdentity(double ord)
    {
        var x = Tensor.Ones(2, 0);
        Expect.Throws<ShapeException>(() => Linalg.VectorNorm(x, ord), "linalg_vector_norm", "[2, 0]", "identity");
        Expect.Throws<ShapeException>(() => Linalg.VectorNorm(x, ord, [1]), "linalg_vector_norm", "identity");
        Expect.Shape(Linalg.VectorNorm(x, ord, [0]), 0);
        Assert.Equal([0f, 0], Linalg.VectorNorm(x, 2, [1]).ToArray<float>());
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
        var row = Linalg.Vander(Tensor.Full([], 3.0, DType.Float64), 3);
        Expect.Shape(row, 1, 3);
        Expect.Values(row, 1, 3, 9);
        Expect.Throws<DTypeException>(() => Linalg.Vander(Tensor.Ones([3], DType.Bool)), "linalg_vander", "bools");
        Expect.Throws<TensorArgumentException>(() => Linalg.Vander(x, 1), "linalg_vander", "n is 1");
        Expect.Throws<TensorArgumentException>(() => Linalg.Vander(Tensor.Ones(2, 1)), "linalg_vander", "[2, 1]");
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
    public void Cov_FrequenciesAndWeights_MultiplyAndCorrectTogether()
    {
        var x = Tensor.From(new[,] { { 0.0, 2, 3 }, { 1, 5, 2 } });
        var covariance = x.Cov(fweights: Tensor.From(new long[] { 1, 2, 1 }), aweights: Tensor.From([0.5, 1.0, 2.0]));
        Expect.Values(covariance, 17 / 14.0, -1 / 14.0, -1 / 14.0, 53 / 14.0);
    }

    [Fact]
    public void Cov_WeightsOfAnotherType_Promote()
    {
        var x = Tensor.From(new[,] { { 0.1f, 2.3f, 0.7f }, { 1.9f, 5.3f, 0.2f } });
        var weights = Tensor.From([0.1, 0.7, 0.4]);
        var wide = x.Cov(aweights: weights);
        Assert.Equal(DType.Float64, wide.DType);
        Assert.Equal(x.To(DType.Float64).Cov(aweights: weights).ToArray<double>(), wide.ToArray<double>());
        Assert.Equal(DType.Float32, x.To(DType.Float16).Cov(aweights: weights.To(DType.Float32)).DType);
        Assert.Equal(DType.Float32, x.Cov(aweights: weights.To(DType.Float16)).DType);
        Assert.Equal(DType.Float64, x.To(DType.Int64).Cov(aweights: weights).DType);
        Assert.Equal(DType.Float16, x.To(DType.Float16).Cov(fweights: Tensor.From(new long[] { 1, 2, 3 })).DType);
    }

    [Fact]
    public void Cov_WhatHasNoCovariance_IsRefused()
    {
        var x = Tensor.From(new[,] { { 0.0, 2 }, { 1, 5 } });
        Expect.Throws<TensorArgumentException>(() => x.Cov(fweights: Tensor.From(new long[] { 2, -1 })), "cov", "fweights");
        Expect.Throws<TensorArgumentException>(() => x.Cov(aweights: Tensor.From([2.0, -0.5])), "cov", "aweights");
        Expect.Throws<TensorArgumentException>(() => x.Cov(aweights: Tensor.From([0.0, 0.0])), "cov", "sum to 0");
        Expect.Throws<DTypeException>(() => Tensor.Ones([2, 2], DType.Bool).Cov(), "cov", "bools");
        Expect.Throws<DTypeException>(() => Tensor.Ones([2, 2], DType.Bool).Corrcoef(), "corrcoef", "bools");
    }

    [Fact]
    public void Cov_WeightWithoutDimensions_IsThatOfOneObservation()
    {
        var x = Tensor.From(new[,] { { 3.0 }, { 4.0 } });
        Expect.Values(x.Cov(correction: 0, aweights: Tensor.Full([], 0.5, DType.Float64)), 0, 0, 0, 0);
        Expect.Throws<ShapeException>(() => x.Cov(aweights: Tensor.Ones([1, 1], DType.Float64)), "[1, 1]");
    }

    [Fact]
    public void Corrcoef_OfRows_IsOneForMultiples()
    {
        Expect.Values(Tensor.From(new[,] { { 0.0, 1, 2 }, { 5, 3, 1 }, { 1, 0, 1 } }).Corrcoef(), 1, -1, 0, -1, 1, 0, 0, 0, 1);
        Expect.Values(Tensor.From([1.0, 2]).Corrcoef(), 1);
        var far = Tensor.From(new[,] { { 0.0, 300 }, { 300, 0 } }).To(DType.Float16); // their covariances lie beyond float16
        Expect.Values(far.Corrcoef().To(DType.Float64), 1, -1, -1, 1);
    }

    [Fact]
    public void Corrcoef_Rounding_StaysWithinOne()
    {
        var generator = new Generator(1);
        int beyond = 0;
        for (int trial = 0; trial < 50; trial++)
        {
            var x = Tensor.Randn([5, 3], generator: generator);
            Tensor covariance = x.Cov(), deviation = covariance.Diagonal().Sqrt();
            if ((covariance / deviation.Unsqueeze(1) / deviation).Abs().Max().Item<float>() > 1)
                beyond++;
            Assert.True(x.Corrcoef().Abs().Max().Item<float>() <= 1);
        }

        Assert.True(beyond > 0); // else nothing was clipped
    }
}
