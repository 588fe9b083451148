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
        Assert.Equal((count + plan.Inner - 1) / plan.Inner, plan.Tiles);
        // Every part is as many whole tiles, and what rounding to cache lines adds.
        long tiles = (perPart + plan.Inner - 1) / plan.Inner;
        Assert.InRange((tiles * plan.Inner) - perPart, 0, 64 * tiles);
    }

    [Fact]
    public void Tiles_OfStagedOperands_FitTheStage()
    {
        var plan = Plan(100_000, 50_048, DType.BFloat16);
        Assert.InRange(plan.Inner * 2 * sizeof(float), 1, TilePlan.StageBytes);
        Assert.Equal(0, plan.Inner % 64);
    }

    private static TilePlan Plan(int count, int perPart, DType dtype)
    {
        var type = ElementType.Of(dtype);
        Shape shape = [count];
        LoopNest nest = default;
        nest.Begin(shape);
        var strides = Layout.Contiguous(shape).Strides;
        ReadOnlySpan<Operand> operands = [new((byte*)4096, type, shape, strides), new((byte*)8192, type, shape, strides)];
        for (int k = 0; k < operands.Length; k++)
            nest.Set(k, operands[k].Shape, operands[k].Strides, type.Size);
        nest.Coalesce(operands.Length);
        return new(nest, operands, streams: false, through: false, perPart);
    }
}
