using CsCheck;

namespace Nabla.Tests;

public sealed class ReshapeLayoutTests
{
    private static readonly FakeDevice Device = new();

    [Fact]
    public void TryReshape_AnyView_GivesTheSameElementsInOrderExactlyWhenStridesCan() =>
        Gen.Select(Views.Shapes().SelectMany(s => Views.Of(Device.Allocate(new(DType.Float32, s)))), Gen.Int[0, int.MaxValue]).Sample((view, seed) =>
        {
            var to = Views.Regroup(view.Shape.ElementCount, new Random(seed));
            var strides = ReshapeLayout.TryReshape(view.Shape, view.Layout.Strides, to);
            var addresses = Views.Addresses(view);
            if (strides is not null)
                return addresses.SequenceEqual(Views.Addresses(to, view.Layout with { Strides = strides }));
            return !Possible(addresses, to);
        }, iter: 5000);

    [Fact]
    public void TryReshape_Dense_AlwaysAliases() =>
        Gen.Select(Views.Shapes(), Gen.Int[0, int.MaxValue]).Sample((from, seed) =>
        {
            var to = Views.Regroup(from.ElementCount, new Random(seed));
            return ReshapeLayout.TryReshape(from, from.ContiguousStrides, to)!.Equals(to == from ? from.ContiguousStrides : to.ContiguousStrides);
        });

    [Fact]
    public void TryReshape_Transposed_NeedsACopy() => Assert.Null(ReshapeLayout.TryReshape([3, 2], Strides.Create([1, 3]), [6]));

    [Fact]
    public void TryReshape_Empty_AlwaysAliases() => Assert.NotNull(ReshapeLayout.TryReshape([0, 3], Strides.Create([1, 7]), [5, 0]));

    [Theory]
    [InlineData(new long[] { -1 }, "[24]")]
    [InlineData(new long[] { 4, -1 }, "[4, 6]")]
    [InlineData(new long[] { 2, -1, 3 }, "[2, 4, 3]")]
    [InlineData(new long[] { 24, -1 }, "[24, 1]")]
    [InlineData(new long[] { 4, 6 }, "[4, 6]")]
    public void Resolve_OneUnknown_IsInferred(long[] sizes, string shape) => Assert.Equal(shape, ReshapeLayout.Resolve([2, 3, 4], sizes, "reshape").ToString());

    [Theory]
    [InlineData(new long[] { 5, -1 }, "reshape: shape [5, -1] does not hold the 24 elements of [2, 3, 4].")]
    [InlineData(new long[] { 5, 5 }, "reshape: shape [5, 5] does not hold the 24 elements of [2, 3, 4].")]
    [InlineData(new long[] { 0, -1 }, "reshape: shape [0, -1] does not hold the 24 elements of [2, 3, 4].")]
    [InlineData(new long[] { -1, 2, -1 }, "reshape: only one size can be inferred: [-1, 2, -1].")]
    [InlineData(new long[] { -2, -1 }, "Shape: sizes cannot be negative: [-2, -12].")]
    public void Resolve_WhatDoesNotFit_Throws(long[] sizes, string message) =>
        Assert.Equal(message, Assert.Throws<ShapeException>(() => ReshapeLayout.Resolve([2, 3, 4], sizes, "reshape")).Message);

    [Fact]
    public void Resolve_EmptyTensor_CannotInferASize() =>
        Assert.Contains("any size would do", Assert.Throws<ShapeException>(() => ReshapeLayout.Resolve([0, 3], [-1, 0], "reshape")).Message);

    [Fact]
    public void Resolve_EmptyTensor_InfersFromTheOthers() => Assert.Equal([3L, 0], ReshapeLayout.Resolve([0, 3], [3, -1], "reshape"));

    /// <summary>Each stride is forced by one neighbour; then every other element must agree.</summary>
    private static bool Possible(long[] addresses, Shape to)
    {
        var dense = to.ContiguousStrides;
        var steps = new long[to.Rank];
        for (int d = 0; d < to.Rank; d++)
            steps[d] = to[d] > 1 ? addresses[dense[d]] - addresses[0] : 0;
        return addresses.SequenceEqual(Views.Addresses(to, new Layout(Strides.Create(steps), addresses[0])));
    }
}
