namespace Nabla.Tests;

public sealed class StridesTests
{
    [Fact]
    public void RowMajor_LastDimensionIsInnermost()
    {
        Assert.Equal(Strides.Create([12, 4, 1]), Shape.Create([2, 3, 4]).ContiguousStrides);
        Assert.Equal(Strides.Create([]), Shape.Scalar.ContiguousStrides);
        Assert.Equal(Strides.Create([4, 4, 1]), Strides.RowMajor([2, 0, 4])); // an empty dimension counts as 1
    }

    [Fact]
    public void ContiguousStrides_OfAShape_AreMadeOnce()
    {
        Shape shape = [2, 3];
        Assert.Same(shape.ContiguousStrides, shape.ContiguousStrides);
    }

    [Fact]
    public void Equals_ByValue()
    {
        var (a, b, c) = (Strides.Create([3, -1]), Strides.Create([3, -1]), Strides.Create([3, 1]));
        Assert.True(a.Equals(b) && a.Equals((object)b) && !a.Equals(c) && !a.Equals(null));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(("[3, -1]", 2, -1L, 3L), (a.ToString(), a.Rank, a[^1], a[0]));
    }
}
