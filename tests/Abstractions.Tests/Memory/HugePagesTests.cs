using System.Globalization;
using System.Runtime.InteropServices;

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

    [Theory]
    [InlineData(1)]
    [InlineData(512 << 10)]
    [InlineData((4 << 20) + 1)]
    public void Allocate_AnySize_IsWholePagesThatLinuxIsAskedFor(int bytes)
    {
        byte* block = (byte*)HugePages.Allocate((nuint)bytes);
        try
        {
            Assert.Equal(0, (nint)block % Page);
            new Span<byte>(block, bytes).Fill(7);
            Assert.False(new Span<byte>(block, bytes).ContainsAnyExcept((byte)7));
            Assert.Equal(Directory.Exists("/sys/kernel/mm/transparent_hugepage"), IsAdvised((nint)block));
        }
        finally
        {
            NativeMemory.AlignedFree(block);
        }
    }

    [Fact]
    public void Rent_LargeBlock_AsksLinuxForHugePages()
    {
        var device = new FakeDevice();
        HostStorage block = device.Pool.Rent(9 << 20);
        bool known = Directory.Exists("/sys/kernel/mm/transparent_hugepage"); // no other kernel has a mark to set
        Assert.Equal(known, IsAdvised((nint)block.Pointer + (4 << 20)));
        block.Release();
    }

    /// <summary>Whether the kernel keeps the hint ("hg") for what lies at an address.</summary>
    private static bool IsAdvised(nint address)
    {
        if (!File.Exists("/proc/self/smaps"))
            return false;
        bool within = false;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            string[] ends = words[0].Split('-');
            if (ends.Length == 2 && long.TryParse(ends[0], NumberStyles.HexNumber, null, out long start) && long.TryParse(ends[1], NumberStyles.HexNumber, null, out long end))
                within = start <= address && address < end;
            else if (within && words[0] == "VmFlags:")
                return words.Contains("hg");
        }

        return false;
    }
}
