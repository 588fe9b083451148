using CsCheck;

namespace Nabla.Tests;

public sealed class AliasingTests
{
    private static readonly FakeDevice Device = new();

    [Fact]
    public void OverlapPartly_AnyTwoViewsOfATensor_IsWhetherTheyShareAnAddressAndDiffer() =>
        Views.Shapes(maxRank: 4, maxSize: 6).Select(s => Device.Allocate(new(DType.Float32, s)))
            .SelectMany(t => Gen.Select(Views.Of(t), Views.Of(t)))
            .Sample((a, b) =>
            {
                var (x, y) = (Views.Addresses(a), Views.Addresses(b));
                bool same = a.Shape == b.Shape && x.SequenceEqual(y);
                return Aliasing.Same(a, b) == same && Aliasing.OverlapPartly(a, b) == (!same && x.Intersect(y).Any());
            }, iter: 20_000);

    [Fact]
    public void OverlapPartly_HalvesOfTheColumns_DoNotOverlap()
    {
        var x = Tensor(1000, 4);
        Assert.False(Aliasing.OverlapPartly(Slice(x, 1, 0, 2), Slice(x, 1, 2, 2)));
        Assert.True(Aliasing.OverlapPartly(Slice(x, 1, 0, 3), Slice(x, 1, 2, 2)));
        Assert.False(Aliasing.OverlapPartly(Slice(x, 0, 0, 500, 2), Slice(x, 0, 1, 500, 2)));
        Assert.False(Aliasing.OverlapPartly(Slice(Slice(x, 0, 0, 999), 1, 0, 2), Slice(Slice(x, 0, 1, 999), 1, 2, 2)));
        Assert.True(Aliasing.OverlapPartly(Slice(x, 0, 0, 999), Slice(x, 0, 1, 999)));
    }

    [Fact]
    public void OverlapPartly_LargeTensorsOfManyDimensions_IsDecidedAtOnce()
    {
        var x = Tensor(8, 8, 8, 8, 8, 8, 8, 8);
        Assert.False(Aliasing.OverlapPartly(Slice(x, 4, 0, 4), Slice(x, 4, 4, 4)));
        Assert.True(Aliasing.OverlapPartly(Slice(x, 4, 0, 5), Slice(x, 4, 4, 4)));
        Assert.False(Aliasing.OverlapPartly(Slice(Slice(x, 7, 0, 1), 0, 0, 7), Slice(Slice(x, 7, 7, 1), 0, 1, 7)));
    }

    [Fact]
    public void OverlapPartly_ReversedOrTransposed_Overlaps()
    {
        var x = Tensor(4, 4);
        Assert.True(Aliasing.OverlapPartly(x, View(new PermuteOp([1, 0]), x)));
        Assert.True(Aliasing.OverlapPartly(x, View(new SliceOp([3, 0], [4, 4], [-1, 1]), x)));
        Assert.False(Aliasing.OverlapPartly(Slice(x, 0, 0, 2), View(new SliceOp([3, 0], [2, 4], [-1, 1]), x)));
    }

    [Fact]
    public void OverlapPartly_OtherStorage_DoesNotOverlap() => Assert.False(Aliasing.OverlapPartly(Tensor(4), Tensor(4)));

    [Fact]
    public void OverlapPartly_Empty_DoesNotOverlap()
    {
        var x = Tensor(4, 4);
        Assert.False(Aliasing.OverlapPartly(x, Slice(x, 0, 2, 0)));
    }

    [Fact]
    public void OverlapPartly_OtherElementSizes_CountsBytes()
    {
        var floats = Tensor(4);
        var bytes = new DeviceTensor(new(DType.UInt8, [4]), new(Strides.Create([1]), 4), floats.Storage);
        Assert.True(Aliasing.OverlapPartly(bytes, Slice(floats, 0, 1, 1)));
        Assert.False(Aliasing.OverlapPartly(bytes, Slice(floats, 0, 0, 1)));
        Assert.False(Aliasing.OverlapPartly(Slice(floats, 0, 2, 2), bytes));
        var last = new DeviceTensor(new(DType.UInt8, [3]), new(Strides.Create([4]), 3), floats.Storage); // the last byte of each of three
        Assert.True(Aliasing.OverlapPartly(Slice(floats, 0, 2, 1), last));
        Assert.False(Aliasing.OverlapPartly(Slice(floats, 0, 3, 1), last));
    }

    [Fact]
    public void Same_StrideOfASingleIndex_MeansNothing()
    {
        var x = Tensor(1, 3);
        var other = new DeviceTensor(x.Spec, new(Strides.Create([99, 1]), 0), x.Storage);
        Assert.True(Aliasing.Same(x, other));
        Assert.False(Aliasing.OverlapPartly(x, other));
    }

    private static DeviceTensor Tensor(params long[] dims) => Device.Allocate(new(DType.Float32, Shape.Create(dims)));

    private static DeviceTensor Slice(DeviceTensor x, int axis, long start, long size, long step = 1) => View(SliceOp.Along(x.Shape, axis, start, size, step), x);

    private static DeviceTensor View(ViewOp op, DeviceTensor x) => Dispatch.View(op, x)!;
}
