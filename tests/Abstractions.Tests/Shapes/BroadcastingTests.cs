using CsCheck;

namespace Nabla.Tests;

public sealed class BroadcastingTests
{
    [Fact]
    public void Join_AnyTwoShapes_FollowsTheRule() =>
        Gen.Select(Gen.Long[0, 3].Array[0, 4], Gen.Long[0, 3].Array[0, 4]).Sample((x, y) =>
        {
            var (a, b) = (Shape.Create(x), Shape.Create(y));
            var expected = Reference(x, y);
            if (expected is null)
                return Assert.Throws<ShapeException>(() => Broadcasting.Join(a, b, "add")).Message.StartsWith($"add: shapes {a} and {b} do not broadcast", StringComparison.Ordinal);
            return Broadcasting.Join(a, b, "add").AsSpan().SequenceEqual(expected) && Broadcasting.Join(b, a, "add").AsSpan().SequenceEqual(expected);
        });

    [Fact]
    public void Join_OneHasTheResult_IsReturnedItself()
    {
        Shape a = [4, 3], b = [3];
        Assert.Same(a, Broadcasting.Join(a, b, "add"));
        Assert.Same(a, Broadcasting.Join(b, a, "add"));
        Assert.Same(a, Broadcasting.Join(a, Shape.Scalar, "add"));
    }

    [Fact]
    public void Join_Mismatch_NamesTheDimension() =>
        Assert.Equal(
            "mul: shapes [2, 3] and [4] do not broadcast: sizes 3 and 4 of dimension 1 differ and neither is 1.",
            Assert.Throws<ShapeException>(() => Broadcasting.Join([2, 3], [4], "mul")).Message);

    [Fact]
    public void Stretch_RepeatsWhatStretches()
    {
        var steps = new long[4];
        Broadcasting.Stretch([3, 1, 2], Strides.Create([2, 9, 1]), [5, 3, 4, 2], steps);
        Assert.Equal([0L, 2, 0, 1], steps);
        steps = new long[2];
        Broadcasting.Stretch([1, 2], Strides.Create([7, 1]), [1, 2], steps);
        Assert.Equal([7L, 1], steps); // nothing stretches: nothing changes
    }

    private static long[]? Reference(long[] x, long[] y)
    {
        var result = new long[Math.Max(x.Length, y.Length)];
        for (int d = 1; d <= result.Length; d++)
        {
            long a = d <= x.Length ? x[^d] : 1, b = d <= y.Length ? y[^d] : 1;
            if (a != b && a != 1 && b != 1)
                return null;
            result[^d] = a == 1 ? b : a;
        }

        return result;
    }
}
