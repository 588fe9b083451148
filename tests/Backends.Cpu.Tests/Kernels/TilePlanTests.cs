namespace Nabla.Tests;

public sealed unsafe class TilePlanTests
{
    [Theory]
    [InlineData(100_000, 16_704)] // a little more than a tile may have
    [InlineData(100_000, 50_048)]
    [InlineData(100_000, 100_000)]
    [InlineData(1_000_000, 125_056)]
    [InlineData(1000, 1000)]
    public void Tiles_OfPartsLongerThanATile_AreOfOneSize(int count, int perPart)
    {
        var plan = Plan(count, perPart, DType.Float32);
        Assert.Equal((count + plan.Elements - 1) / plan.Elements, plan.Tiles);
        // Every part is as many whole tiles, and what rounding to cache lines adds.
        long tiles = (perPart + plan.Elements - 1) / plan.Elements;
        Assert.InRange((tiles * plan.Elements) - perPart, 0, 64 * tiles);
    }

    [Fact]
    public void Tiles_OfStagedOperands_FitTheStage()
    {
        var plan = Plan(100_000, 50_048, DType.BFloat16);
        Assert.InRange(plan.Elements * 2 * sizeof(float), 1, TilePlan.StageBytes);
        Assert.Equal(0, plan.Elements % 64);
    }

    [Theory]
    [InlineData(128, 2, 0, 1, 3, 2)] // what a transpose of the last two makes of [10, 3, 2, 128]
    [InlineData(8, 8, 3, 2, 1, 0)]
    [InlineData(4, 3, 2, 0, 3, 1)]
    public void Tiles_OfShortDimensions_AreBoxesAndOneCall(int third, int last, params int[] axes)
    {
        Shape shape = [10, 30, third, last];
        var (view, strides) = (Layout.Contiguous(shape).Strides, new long[4]);
        var sizes = new long[4];
        for (int d = 0; d < 4; d++)
            (sizes[d], strides[d]) = (shape[axes[d]], view[axes[d]]);
        var type = ElementType.Of(DType.Float32);
        shape = [.. sizes];
        var plan = Plan([new((byte*)4096, type, shape, Layout.Contiguous(shape).Strides), new((byte*)8192, type, shape, Strides.Create(strides))], 100_000);
        Assert.True(plan.Merged);
        Assert.InRange(plan.Elements, 1000, TilePlan.StageBytes / 8);
    }

    private static TilePlan Plan(int count, int perPart, DType dtype)
    {
        var type = ElementType.Of(dtype);
        Shape shape = [count];
        var strides = Layout.Contiguous(shape).Strides;
        return Plan([new((byte*)4096, type, shape, strides), new((byte*)8192, type, shape, strides)], perPart);
    }

    private static TilePlan Plan(ReadOnlySpan<Operand> operands, int perPart)
    {
        LoopNest nest = default;
        nest.Begin(operands[0].Shape!);
        for (int k = 0; k < operands.Length; k++)
            nest.Set(k, operands[k].Shape, operands[k].Strides, operands[k].Type.Size);
        nest.Coalesce(operands.Length);
        TilePlan plan = default;
        plan.Make(nest, operands, streams: false, through: false, perPart);
        return plan;
    }
}
