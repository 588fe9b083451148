namespace Nabla.Tests;

public sealed class PhiloxTests
{
    /// <summary>The known answers that the authors publish with their code for ten rounds.</summary>
    [Theory]
    [InlineData(0UL, 0UL, 0UL, 0x6627E8D5u, 0xE169C58Du, 0xBC57AC4Cu, 0x9B00DBD8u)]
    [InlineData(ulong.MaxValue, ulong.MaxValue, ulong.MaxValue, 0x408F276Du, 0x41C83B0Eu, 0xA20BC7C6u, 0x6D5451FDu)]
    [InlineData(0x299F31D0_A4093822UL, 0x85A308D3_243F6A88UL, 0x03707344_13198A2EUL, 0xD16CFE09u, 0x94FDCCEBu, 0x5001E420u, 0x24126EA1u)]
    public void Block_KnownAnswers(ulong key, ulong low, ulong high, uint x0, uint x1, uint x2, uint x3) =>
        Assert.Equal((x0, x1, x2, x3), Philox.Block(key, low, high));

    [Fact]
    public void Block_ShortCounter_HasZerosAbove() => Assert.Equal(Philox.Block(5, 7, 0), Philox.Block(5, 7));

    [Fact]
    public void Generator_Reserve_CountsBlocksOfFour()
    {
        var generator = new Generator(42);
        Assert.Equal((42L, 0L), generator.Reserve(1));
        Assert.Equal((42L, 1L), generator.Reserve(8));
        Assert.Equal((42L, 3L), generator.Reserve(0));
        Assert.Equal(3, generator.Counter);
        generator.ManualSeed(7);
        Assert.Equal((7L, 0L), generator.Reserve(5));
        Assert.Equal((7L, 2L), (generator.Seed, generator.Counter));
    }

    [Fact]
    public void Generator_ManyThreads_NeverReserveTheSameBlock()
    {
        var generator = new Generator(1);
        var starts = new System.Collections.Concurrent.ConcurrentBag<long>();
        Parallel.For(0, 10_000, _ => starts.Add(generator.Reserve(4).Counter));
        Assert.Equal(10_000, starts.Distinct().Count());
        Assert.Equal(10_000, generator.Counter);
    }
}
