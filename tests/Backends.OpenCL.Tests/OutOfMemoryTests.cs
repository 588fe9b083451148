using Microsoft.Extensions.Logging.Abstractions;

namespace Nabla.Tests;

/// <summary>A driver that has no memory left: at once, or until free blocks were given back to it.</summary>
public sealed class OutOfMemoryTests : IDisposable
{
    private readonly OpenClDevice _device;
    private readonly DeviceTensor _x;

    public OutOfMemoryTests()
    {
        var cl = FailingDriver.Load();
        _device = new OpenClDevice(cl, ClDeviceList.Read(cl)[0], new OpenClOptions(), NullLogger.Instance);
        _x = _device.From(Host.Range(1000), 1000);
        _device.Allocate(new(DType.UInt8, [1 << 20])).Storage.Release(); // a free block
    }

    [Fact]
    public void Allocate_NoMemoryOnce_GivesFreeBlocksBackAndTriesAgain()
    {
        FailingDriver.Buffers = 1;
        var y = _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1);
        Assert.Equal(Host.Range(1000, 1), y.Read<float>());
        Assert.Equal(0, _device.Memory.Statistics.Cached);
    }

    [Fact]
    public void Allocate_NoMemory_NamesTheOperationTheBytesAndWhatIsInUse()
    {
        FailingDriver.Buffers = 2;
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1));
        Assert.Equal("add", e.Operation);
        Assert.Contains("4096 bytes cannot be had from the system or driver of opencl:0 (leased ", e.Message, StringComparison.Ordinal);
        Assert.EndsWith("drop or dispose tensors, or use smaller batches.", e.Message, StringComparison.Ordinal);
        Assert.Equal((4000, 4096), (_device.Memory.Statistics.Live, _device.Memory.Statistics.Leased)); // x alone
        Assert.Equal(Host.Range(1000, 1), _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1).Read<float>());
    }

    [Fact]
    public void Run_NoMemoryOnce_GivesFreeBlocksBackAndTriesAgain()
    {
        FailingDriver.Kernels = 1;
        var y = _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1);
        FailingDriver.Reads = 1;
        Assert.Equal(Host.Range(1000, 1), y.Read<float>());
        Assert.Equal(0, _device.Memory.Statistics.Cached);
    }

    [Fact]
    public void Run_NoMemory_NamesTheKernelAndWhatIsInUse()
    {
        FailingDriver.Kernels = 2;
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1));
        Assert.Equal("add", e.Operation);
        Assert.Contains("kernel binary float32: the driver has no memory for it (MemObjectAllocationFailure, -4; leased ", e.Message, StringComparison.Ordinal);
        Assert.Equal(4096, _device.Memory.Statistics.Leased); // the result's block came back
        Assert.Equal(Host.Range(1000, 1), _device.Run(BinaryOp.Add.With(ScalarSide.Right), [_x], 1).Read<float>());
    }

    [Theory]
    [InlineData(1000)]
    [InlineData(100_000)]
    public void Transfer_NoMemory_TriesAgainAndNamesTheBytes(int count)
    {
        var x = _device.From(Host.Range(count), count);
        FailingDriver.Writes = 1;
        _device.Upload(new byte[4 * count], x);
        FailingDriver.Writes = 2;
        Assert.Contains($"Upload of {4 * count} bytes: the driver has no memory", Assert.Throws<DeviceOutOfMemoryException>(() => _device.Upload(new byte[4 * count], x)).Message, StringComparison.Ordinal);
        FailingDriver.Reads = 2;
        Assert.Contains($"Download of {4 * count} bytes: the driver has no memory", Assert.Throws<DeviceOutOfMemoryException>(() => x.Read<float>()).Message, StringComparison.Ordinal);
        Assert.Equal(new float[count], x.Read<float>());
    }

    [Fact]
    public void Allocate_MoreThanOneBufferHolds_SaysSoAndReclaimsNothing()
    {
        var cl = ClLibrary.Load();
        using var device = new OpenClDevice(cl, ClDeviceList.Read(cl)[0] with { MaxAllocation = (5 << 20) + 1 }, new OpenClOptions(), NullLogger.Instance);
        device.Allocate(new(DType.UInt8, [5 << 20])).Storage.Release();
        var e = Assert.Throws<DeviceOutOfMemoryException>(() => device.Allocate(new(DType.UInt8, [(5 << 20) + 1])));
        Assert.Contains("takes 5242881 bytes, and one buffer of opencl:0 holds 5242880 (the driver allows 5242881); split the tensor", e.Message, StringComparison.Ordinal);
        Assert.Equal((0, 5 << 20), (device.Memory.Statistics.Reclaims, device.Memory.Statistics.Cached));
    }

    /// <summary>The limit is the device's memory, of which the driver takes a part for itself.</summary>
    [Fact]
    public void Allocate_UntilTheGpuIsFull_SaysSoAndGoesOn()
    {
        DeviceFixture.SkipUnlessLargeGpu();
        const long bytes = 1 << 30;
        List<DeviceTensor> held = [];
        var e = Assert.Throws<DeviceOutOfMemoryException>(() =>
        {
            for (int i = 0; i < 4096; i++)
                held.Add(_device.Allocate(new(DType.UInt8, [bytes])));
        });
        Assert.Contains("1073741824 bytes cannot be had from the system or driver", e.Message, StringComparison.Ordinal);
        Assert.Equal(held.Count * bytes, _device.Memory.Statistics.Leased - 4096);
        foreach (var tensor in held)
            tensor.Storage.Release(); // free blocks of another size than the next ones
        held.Clear();
        for (int i = 0; i < 4; i++)
            held.Add(_device.Run(new FullOp(DType.UInt8, [3 * bytes / 2]), [], i));
        Assert.Equal<byte>([0, 1, 2, 3], held.Select(t => t.Slice(0, (3 * bytes / 2) - 1, 1).Read<byte>()[0]));
        foreach (var tensor in held)
            tensor.Storage.Release();
    }

    public void Dispose() => _device.Dispose();
}
