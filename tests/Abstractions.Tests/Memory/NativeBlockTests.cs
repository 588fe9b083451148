namespace Nabla.Tests;

/// <summary>Blocks beyond one array, with a threshold low enough to make many.</summary>
public sealed unsafe class NativeBlockTests
{
    private readonly FakeDevice _device = new(largestManaged: 1000);

    [Fact]
    public void Rent_BeyondTheThreshold_IsNativeAlignedAndWritable()
    {
        var block = _device.Pool.Rent(5000);
        Assert.False(block.IsManaged);
        Assert.Null(block.BackingArray);
        Assert.Equal(0, (nint)block.Pointer % HostStorage.Alignment);
        new Span<byte>(block.Pointer, 5000).Fill(3);
        Assert.Equal(3, block.Pointer[4999]);
        block.Release();
    }

    [Fact]
    public void Rent_BelowTheThreshold_IsManaged() => Assert.True(_device.Pool.Rent(800).IsManaged);

    [Fact]
    public void Reference_Native_IsRefused()
    {
        var block = _device.Pool.Rent(5000);
        Assert.Contains("native", Assert.Throws<MemoryAccessException>(() => block.Reference = 1).Message);
        block.Release();
    }

    [Fact]
    public void Release_Native_IsReusedAndTrimmed()
    {
        var block = _device.Pool.Rent(5000);
        block.Release();
        Assert.Same(block, _device.Pool.Rent(4999));
        block.Release();
        _device.Pool.Trim();
        Assert.True(block.Pointer is null);
        Assert.Equal(0, _device.Pool.Statistics.Cached);
    }

    [Fact]
    public void LargestManaged_IsWhatOneArrayHolds() => Assert.Equal(HostMemoryPool.LargestManaged, Array.MaxLength - HostStorage.Alignment);
}
