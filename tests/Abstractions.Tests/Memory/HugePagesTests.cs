namespace Nabla.Tests;

public sealed unsafe class HugePagesTests
{
    private const long Page = 2 << 20;

    [Theory]
    [InlineData(0, 2 * Page, 0, 2 * Page)]
    [InlineData(64, 2 * Page, Page, Page)]
    [InlineData(64, 3 * Page, Page, 2 * Page)]
    [InlineData(Page - 64, 2 * Page, Page, Page)]
    [InlineData(64, Page, Page, 0)]
    [InlineData(64, 100, Page, 0)]
    public void WholePages_OfABlock_LieWithinIt(long offset, long bytes, long start, long length)
    {
        const long Origin = 0x7000_0000_0000;
        Assert.Equal(((nint)(Origin + start), length), HugePages.WholePages((nint)(Origin + offset), bytes));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Advise_LargeBlock_KeepsWhatIsWrittenAndTheNeighbours(bool native)
    {
        const int Bytes = 9 << 20;
        var device = new FakeDevice(largestManaged: native ? 1 << 20 : HostMemoryPool.LargestManaged);
        HostStorage before = device.Pool.Rent(Bytes), block = device.Pool.Rent(Bytes), after = device.Pool.Rent(Bytes);
        Assert.Equal(native, !block.IsManaged);
        new Span<byte>(before.Pointer, Bytes).Fill(1);
        new Span<byte>(after.Pointer, Bytes).Fill(3);
        var values = new Span<byte>(block.Pointer, Bytes);
        values.Fill(2);
        HugePages.Advise(block.Pointer, Bytes); // a second time, over what is written
        Assert.False(values.ContainsAnyExcept((byte)2));
        Assert.False(new Span<byte>(before.Pointer, Bytes).ContainsAnyExcept((byte)1));
        Assert.False(new Span<byte>(after.Pointer, Bytes).ContainsAnyExcept((byte)3));
        before.Release();
        block.Release();
        after.Release();
    }
}
