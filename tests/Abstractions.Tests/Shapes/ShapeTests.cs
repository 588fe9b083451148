namespace Nabla.Tests;

public sealed class ShapeTests
{
    [Fact]
    public void Create_NoSizes_IsTheScalarShape()
    {
        Assert.Same(Shape.Scalar, Shape.Create([]));
        Assert.Equal((0, 1L), (Shape.Scalar.Rank, Shape.Scalar.ElementCount));
        Assert.Equal("[]", Shape.Scalar.ToString());
    }

    [Fact]
    public void Create_Sizes_AreEqualByValue()
    {
        Shape a = [2, 3, 4], b = [2, 3, 4], c = [4, 3, 2];
        Assert.True(a == b && a != c && a.Equals((object)b) && !a.Equals(null));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal((3, 24L, "[2, 3, 4]"), (a.Rank, a.ElementCount, a.ToString()));
        Assert.Equal([2L, 3, 4], a);
    }

    [Fact]
    public void Create_CopiesTheSizes()
    {
        long[] sizes = [2, 3];
        var shape = Shape.Create(sizes);
        sizes[0] = 7;
        shape.ToArray()[1] = 7;
        Assert.Equal([2L, 3], shape.ToArray());
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(2, 4)]
    [InlineData(-1, 4)]
    [InlineData(-3, 2)]
    public void Item_NegativeCountsFromTheEnd(int dim, long size) => Assert.Equal(size, Shape.Create([2, 3, 4])[dim]);

    [Fact]
    public void Item_Index_CountsFromTheEnd()
    {
        Shape shape = [2, 3, 4];
        Assert.Equal((4L, 2L, 3L), (shape[^1], shape[^3], shape[(Index)1]));
    }

    [Fact]
    public void Item_OutOfRange_NamesTheRange()
    {
        Shape shape = [2, 3];
        Assert.Contains("dimension 2 is out of range: a tensor of 2 dimensions has -2 to 1", Assert.Throws<TensorIndexException>(() => shape[2]).Message);
        Assert.Throws<TensorIndexException>(() => shape[-3]);
        Assert.Throws<TensorIndexException>(() => shape[^3]);
        Assert.Throws<TensorIndexException>(() => shape[^0]);
        Assert.Throws<TensorIndexException>(() => Shape.Scalar[0]);
        Assert.Throws<TensorIndexException>(() => Shape.Scalar[^1]);
    }

    [Fact]
    public void Axis_Scalar_AnswersTo0AndMinus1()
    {
        Assert.Equal(0, Shape.Axis(0, 0, "op"));
        Assert.Equal(0, Shape.Axis(-1, 0, "op"));
        var e = Assert.Throws<TensorIndexException>(() => Shape.Axis(1, 0, "softmax"));
        Assert.StartsWith("softmax: dimension 1", e.Message);
        Assert.Equal("softmax", e.Operation);
    }

    [Fact]
    public void Create_Negative_Throws() =>
        Assert.Contains("sizes cannot be negative: [2, -1]", Assert.Throws<ShapeException>(() => Shape.Create([2, -1])).Message);

    [Fact]
    public void Create_TooManyDimensions_Throws() => Assert.Contains("at most 16", Assert.Throws<ShapeException>(() => Shape.Create(new long[17])).Message);

    [Theory]
    [InlineData(new[] { 1L << 31 })]
    [InlineData(new[] { 1L << 62 })]
    [InlineData(new[] { long.MaxValue })]
    [InlineData(new[] { 65536L, 32768 })]
    [InlineData(new[] { 1L << 20, 1 << 20, 1 << 20, 1 << 20 })]
    public void Create_TwoToThe31OrMore_Throws(long[] sizes) => Assert.Contains("2^31", Assert.Throws<ShapeException>(() => Shape.Create(sizes)).Message);

    [Fact]
    public void Create_JustBelowTheLimit_Works()
    {
        Assert.Equal(int.MaxValue, Shape.Create([int.MaxValue]).ElementCount);
        Assert.Equal(int.MaxValue, Shape.Create([1, int.MaxValue, 1]).ElementCount);
    }

    [Fact]
    public void Create_ASizeOf0_IsEmptyHoweverLargeTheOthers() => Assert.Equal(0, Shape.Create([1L << 40, 0, 1L << 40]).ElementCount);
}
