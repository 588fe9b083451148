namespace Nabla.Tests;

public sealed class DiagonalTests
{
    [Fact]
    public void Diagonal_OfDenseMatrix_IsAView()
    {
        var x = Tensor.Zeros(3, 4);
        x.Diagonal().Fill_(1);
        x.Diagonal(-1).Fill_(2);
        x.Diagonal(2).Fill_(3);
        Expect.Values(x, 1, 0, 3, 0, 2, 1, 0, 3, 0, 2, 1, 0);
        Expect.Shape(x.Diagonal(4), 0);
    }

    [Fact]
    public void Diagonal_OfTransposedSlicedAndReversed_IsAView()
    {
        var x = Tensor.Zeros(3, 4);
        x.T.Diagonal(1).Fill_(1);
        x[.., ..2].Diagonal(-1).Fill_(2);
        x.Apply(new SliceOp([2, 0], [3, 4], [-1, 1])).Diagonal().Fill_(3);
        Expect.Values(x, 0, 0, 3, 0, 2, 3, 0, 0, 3, 2, 0, 0);
        Assert.Equal(3, x.Version);
    }

    [Fact]
    public void Diagonal_OfOuterDimensions_IsAView()
    {
        var x = Tensor.Arange(12).Reshape(2, 3, 2);
        var view = x.Diagonal(0, 2, 0);
        Expect.Shape(view, 3, 2);
        Expect.Values(view, 0, 7, 2, 9, 4, 11);
        view.Mul_(-1);
        Expect.Values(x, 0, 1, -2, 3, -4, 5, 6, -7, 8, -9, 10, -11);
    }

    [Fact]
    public void WriteIntoDiagonal_OfAResult_TakesItsPartOfTheGradient()
    {
        var x = Tensor.Ones([2, 2], DType.Float64, requiresGrad: true);
        var y = x * 3;
        y.T.Diagonal().Mul_(x[0]);
        y.Sum().Backward();
        Expect.Values(x.Grad, 3 + 3, 3 + 3, 3, 3);
    }

    [Fact]
    public void WriteIntoDiagonal_ASavedTensorIsOverwritten_IsRefused()
    {
        var x = Tensor.Ones([2, 2], DType.Float64, requiresGrad: true);
        var y = x * 2;
        var loss = (y * y).Sum();
        y.Diagonal().Fill_(0);
        Expect.Throws<AutogradException>(() => loss.Backward(), "version");
    }

    [Fact]
    public void Diagonal_BadDimensions_AreRefused()
    {
        Expect.Throws<ShapeException>(() => Tensor.Zeros(3).Diagonal(), "[3]");
        Expect.Throws<TensorArgumentException>(() => Tensor.Zeros(3, 3).Diagonal(0, 1, -1), "one and the same");
    }
}
