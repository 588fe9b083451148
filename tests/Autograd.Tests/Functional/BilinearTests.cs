namespace Nabla.Tests;

public sealed class BilinearTests
{
    [Fact]
    public void Bilinear_WithoutFeaturesOrRows_KeepsTheLeadingSizes()
    {
        var y = Functional.Bilinear(Tensor.Ones(3, 2), Tensor.Ones(3, 0), Tensor.Ones(4, 2, 0), Tensor.Full([4], 0.5));
        Expect.Shape(y, 3, 4);
        Assert.All(y.ToArray<float>(), v => Assert.Equal(0.5f, v)); // sums of nothing, and the bias
        Expect.Shape(Functional.Bilinear(Tensor.Ones(2, 0, 3), Tensor.Ones(2, 0, 1), Tensor.Ones(4, 3, 1)), 2, 0, 4);
    }

    [Fact]
    public void Bilinear_OtherTypeOrShape_IsRefusedByName()
    {
        var (x, weight) = (Tensor.Ones(3, 2), Tensor.Ones(4, 2, 2));
        Expect.Throws<DTypeException>(() => Functional.Bilinear(x, x.To(DType.Float64), weight), "bilinear", "float64");
        Expect.Throws<DTypeException>(() => Functional.Bilinear(x, x, weight.To(DType.Float16)), "bilinear", "float16");
        Expect.Throws<ShapeException>(() => Functional.Bilinear(x, Tensor.Ones(2, 2), weight), "bilinear", "[3, 2]", "[2, 2]");
        Expect.Throws<DTypeException>(() => Functional.Bilinear(x, x, weight, Tensor.Ones([4], DType.Float64)), "bilinear", "float64");
        Expect.Throws<ShapeException>(() => Functional.Bilinear(x, x, weight, Tensor.Ones(5)), "bilinear", "[5]", "[4, 2, 2]");
        Expect.Throws<ShapeException>(() => Functional.Bilinear(x, x, weight, Tensor.Ones(1)), "bilinear", "[1]");
    }
}
