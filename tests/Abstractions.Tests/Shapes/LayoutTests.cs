using CsCheck;

namespace Nabla.Tests;

public sealed class LayoutTests
{
    private static readonly FakeDevice Device = new();

    [Fact]
    public void Extent_AnyView_IsTheSmallestAndLargestAddress() =>
        Base().SelectMany(b => Views.Of(b)).Sample(view =>
        {
            var addresses = Views.Addresses(view);
            return view.Layout.Extent(view.Shape) == (addresses.Min(), addresses.Max());
        }, iter: 3000);

    [Fact]
    public void IsContiguous_AnyView_IsWhetherAddressesFollowEachOther() =>
        Base().SelectMany(b => Views.Of(b)).Sample(view =>
        {
            var addresses = Views.Addresses(view);
            bool follow = addresses.Select((a, i) => a == addresses[0] + i).All(x => x);
            return view.IsContiguous == follow;
        }, iter: 3000);

    [Fact]
    public void Overlaps_AnyView_IsWhetherAnAddressIsShownTwice() =>
        Base().SelectMany(b => Views.Of(b)).Sample(view =>
            view.Layout.Overlaps(view.Shape) == (Views.Addresses(view).Distinct().Count() < view.Shape.ElementCount), iter: 3000);

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(2, 5, false)]
    [InlineData(6, 5, false)] // one window alone
    public void Overlaps_Windows_WhereTheyShareElements(long size, long step, bool expected)
    {
        Assert.True(new UnfoldOp(0, size, step).TryApply(new(DType.Float32, [7, 4]), Layout.Contiguous([7, 4]), out var spec, out var layout));
        Assert.Equal(expected, layout.Overlaps(spec.Shape));
        Assert.Equal(expected, Views.Addresses(spec.Shape, layout).Distinct().Count() < spec.Shape.ElementCount);
    }

    [Fact]
    public void Empty_HasNoExtentAndOverlapsNothing()
    {
        var layout = new Layout(Strides.Create([0, 1]), 5);
        Assert.Equal((0L, -1L), layout.Extent([0, 3]));
        Assert.False(layout.Overlaps([3, 0]));
        Assert.True(layout.IsContiguous([3, 0]));
    }

    private static Gen<DeviceTensor> Base() => Views.Shapes().Select(shape => Device.Allocate(new(DType.Float32, shape)));
}
