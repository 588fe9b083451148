using CsCheck;

namespace Nabla.Tests;

public sealed class SizeClassTests
{
    [Fact]
    public void Bytes_EveryClass_IsItsOwnLargestSize()
    {
        for (int c = 0; c < SizeClass.Count; c++)
        {
            long bytes = SizeClass.Bytes(c);
            Assert.Equal(c, SizeClass.Of(bytes));
            if (c + 1 < SizeClass.Count)
                Assert.Equal(c + 1, SizeClass.Of(bytes + 1));
        }
    }

    [Fact]
    public void Bytes_EveryClass_IsAMultipleOfFourFloatsAndGrows()
    {
        for (int c = 1; c < SizeClass.Count; c++)
        {
            Assert.True(SizeClass.Bytes(c) > SizeClass.Bytes(c - 1));
            Assert.Equal(0, SizeClass.Bytes(c) % 16);
        }
    }

    [Fact]
    public void Of_AnySize_WastesAFifthAtMost() =>
        Gen.Long[SizeClass.Smallest + 1, 1L << 50].Sample(bytes =>
        {
            long capacity = SizeClass.Bytes(SizeClass.Of(bytes));
            return capacity >= bytes && capacity - bytes < capacity / 5.0;
        });

    [Theory]
    [InlineData(0, 64)]
    [InlineData(1, 64)]
    [InlineData(64, 64)]
    [InlineData(65, 80)]
    [InlineData(81, 96)]
    [InlineData(128, 128)]
    [InlineData(129, 160)]
    [InlineData(1 << 20, 1 << 20)]
    [InlineData((1 << 20) + 1, 5 << 18)]
    public void Of_KnownSizes_GivesTheNextCapacity(long bytes, long capacity) => Assert.Equal(capacity, SizeClass.Bytes(SizeClass.Of(bytes)));

    [Theory]
    [InlineData(-1)]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    [InlineData(SizeClass.Largest + 1)]
    public void Of_OutOfRange_Throws(long bytes) => Assert.Throws<ArgumentOutOfRangeException>(() => SizeClass.Of(bytes));
}
