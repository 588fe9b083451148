namespace Nabla.Tests;

public sealed class EmbeddingTests
{
    private static Tensor Table() => Tensor.Arange(8, dtype: DType.Float64).Reshape(4, 2).Clone().RequiresGrad_();

    [Fact]
    public void Embedding_PaddingIndex_HasValueButNoGradient()
    {
        var weight = Table();
        var y = Functional.Embedding(Tensor.From(new long[] { 1, 3, 1 }), weight, paddingIdx: -1);
        Expect.Values(y, 2, 3, 6, 7, 2, 3);
        y.Sum().Backward();
        Expect.Values(weight.Grad, 0, 0, 2, 2, 0, 0, 0, 0);
    }

    [Fact]
    public void Embedding_ScaledByFrequency_DividesByOccurrences()
    {
        var weight = Table();
        Functional.Embedding(Tensor.From(new long[] { 1, 3, 1 }), weight, scaleGradByFreq: true).Sum().Backward();
        Expect.Values(weight.Grad, 0, 0, 1, 1, 0, 0, 1, 1);
    }

    [Theory]
    [InlineData(2, 5)]
    [InlineData(1, 7)]
    [InlineData(double.PositiveInfinity, 4)]
    public void Embedding_MaxNorm_ShortensTheRowsThatAreLookedUp(double normType, double norm)
    {
        var weight = Tensor.From(new[,] { { 3.0, -4 }, { 30, 40 }, { 0.3, 0.4 } }, requiresGrad: true);
        var index = Tensor.From(new long[] { 0, 2, 0 });
        var y = Functional.Embedding(index, weight, maxNorm: 1, normType: normType);
        Expect.Values(weight.Detach(), [3 / (norm + 1e-7), -4 / (norm + 1e-7), 30, 40, 0.3, 0.4]);
        Expect.Values(y.Detach()[0], 3 / (norm + 1e-7), -4 / (norm + 1e-7));
        y.Sum().Backward();
        Expect.Values(weight.Grad, 2, 2, 0, 0, 1, 1); // the shortening is not recorded
        Expect.Throws<TensorArgumentException>(() => Functional.Embedding(index, weight, maxNorm: -1), "-1");
    }

    [Fact]
    public void Embedding_ShapesOfIndicesStay()
    {
        var weight = Table();
        Expect.Shape(Functional.Embedding(Tensor.From(new[,] { { 0, 1, 2 } }), weight), 1, 3, 2);
        Expect.Shape(Functional.Embedding(Tensor.From(2L), weight), 2);
        Expect.Shape(Functional.Embedding(Tensor.Zeros([0], DType.Int64), weight), 0, 2);
    }

    [Fact]
    public void Embedding_BadIndices_Throw()
    {
        Expect.Throws<DTypeException>(() => Functional.Embedding(Tensor.From(new[] { 1f }), Table()), "float32");
        Expect.Throws<TensorIndexException>(() => Functional.Embedding(Tensor.From(new long[] { 4 }), Table()), "4");
        Expect.Throws<TensorIndexException>(() => Functional.Embedding(Tensor.From(new long[] { -1 }), Table()), "-1");
        Expect.Throws<TensorIndexException>(() => Functional.Embedding(Tensor.From(new long[] { 0 }), Table(), paddingIdx: 4), "4");
    }

    [Fact]
    public void OneHot_CountsClassesWhereAsked()
    {
        Expect.Values(Functional.OneHot(Tensor.From(new long[] { 0, 2 })), 1, 0, 0, 0, 0, 1);
        Expect.Shape(Functional.OneHot(Tensor.From(new long[] { 0, 2 }), 5), 2, 5);
        Expect.Throws<TensorIndexException>(() => Functional.OneHot(Tensor.From(new long[] { 3 }), 3), "3");
        Expect.Throws<TensorIndexException>(() => Functional.OneHot(Tensor.From(new long[] { -1 }), 3), "-1");
    }
}
