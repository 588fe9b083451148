namespace Nabla.Tests;

public sealed class ValueArrayTests
{
    [Fact]
    public void Equals_ByValue()
    {
        ValueArray<int> a = [1, 2], b = [1, 2], c = [2, 1];
        Assert.True(a == b && a != c && a.Equals((object)b));
        Assert.Equal(a.GetHashCode(), b.GetHashCode());
        Assert.Equal(new SliceOp([0], [2], [1]), new SliceOp([0], [2], [1]));
        Assert.NotEqual(new SliceOp([0], [2], [1]), new SliceOp([0], [2], [2]));
    }

    [Fact]
    public void Default_IsEmpty()
    {
        ValueArray<int> none = default, empty = [];
        Assert.True(none == empty && none.Length == 0 && none.AsSpan().IsEmpty);
        Assert.Equal(none.GetHashCode(), empty.GetHashCode());
        Assert.Empty(none);
        Assert.Equal("[]", none.ToString());
    }

    [Fact]
    public void Create_CopiesTheItems()
    {
        int[] items = [1, 2];
        var array = ValueArray.Create<int>(items);
        items[0] = 9;
        Assert.Equal([1, 2], array);
        Assert.Equal(("[1, 2]", 2, 2), (array.ToString(), array.Length, array[1]));
    }
}
