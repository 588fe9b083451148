using System.Runtime.InteropServices;

namespace Nabla.Tests;

public sealed class TransferTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private readonly IDevice _device = fixture.Device;

    [Theory]
    [InlineData(3)]
    [InlineData(1 << 20)]
    public void Upload_SourceChangedAfterwards_KeepsWhatWasGiven(int count)
    {
        var values = Host.Range(count);
        var x = _device.From(values, count);
        Array.Clear(values);
        Assert.Equal(Host.Range(count), x.Read<float>());
    }

    [Fact]
    public void UploadAndDownload_Part_TouchesThatPart()
    {
        var x = _device.From(Host.Range(8), 8);
        _device.Upload(MemoryMarshal.AsBytes<float>([50f, 60]), x, 20);
        var part = new float[3];
        _device.Download(x, MemoryMarshal.AsBytes(part.AsSpan()), 16);
        Assert.Equal([4f, 50, 60], part);
    }

    [Fact]
    public void Download_OfAView_StartsAtItsOffset()
    {
        var view = _device.From(Host.Range(8), 4, 2).Slice(0, 2, 2);
        Assert.True(view.IsContiguous);
        Assert.Equal([4f, 5, 6, 7], view.Read<float>());
    }

    [Fact]
    public async Task DownloadAsync_ManyAtOnce_GiveTheValues()
    {
        var tasks = new List<(int Seed, byte[] Bytes, Task Task)>();
        for (int i = 0; i < 50; i++)
        {
            var y = _device.Run(BinaryOp.Mul.With(ScalarSide.Right), [_device.From([1f, i], 2)], 2);
            var bytes = new byte[8];
            tasks.Add((i, bytes, _device.DownloadAsync(y, bytes, TestContext.Current.CancellationToken).AsTask()));
        }

        await Task.WhenAll(tasks.Select(t => t.Task));
        Assert.All(tasks, t => Assert.Equal([2f, 2 * t.Seed], MemoryMarshal.Cast<byte, float>(t.Bytes).ToArray()));
    }

    [Fact]
    public async Task AsyncTransfer_DriverCallsTwice_EndsOnce()
    {
        var x = _device.From([1f, 2], 2);
        for (int i = 0; i < 20; i++)
        {
            var transfer = new AsyncTransfer((OpenClDevice)_device, x, 8);
            AsyncTransfer.Arrived(transfer.Number); // before, beside or after the driver's own call
            await transfer.Completion;
            AsyncTransfer.Arrived(transfer.Number);
        }

        Assert.Equal([1f, 2], x.Read<float>()); // a second end would have let go of its buffer
        x.Storage.Release();
    }

    [Fact]
    public async Task DownloadAsync_Canceled_LeavesTheCallersMemoryAlone()
    {
        var y = _device.Run(ReduceOp.Sum([0], false), _device.Run(new FullOp(DType.Float32, [8 << 20]), [], 1));
        using var source = new CancellationTokenSource();
        var bytes = new byte[4];
        var task = _device.DownloadAsync(y, bytes, source.Token).AsTask();
        source.Cancel();
        try
        {
            await task;
        }
        catch (OperationCanceledException)
        {
            Assert.Equal(new byte[4], bytes);
            _device.Synchronize();
            await Task.Delay(50, TestContext.Current.CancellationToken);
            Assert.Equal(new byte[4], bytes);
        }

        Assert.Equal([8_388_608f], y.Read<float>());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _device.DownloadAsync(y, bytes, new CancellationToken(true)));
    }

    [Fact]
    public void Execute_ManyThreads_Agree()
    {
        var x = _device.From(Host.Range(1000), 1000);
        Parallel.For(0, 200, i =>
        {
            var y = _device.Run(BinaryOp.Add.With(ScalarSide.Right), [x], i);
            float sum = _device.Run(ReduceOp.Sum([0], false), y).Read<float>()[0];
            Assert.Equal(499_500 + (1000 * i), sum);
            y.Storage.Release();
        });
    }

    [Fact]
    public void Execute_ThousandsWithoutWaiting_IsBounded()
    {
        var x = _device.From([0f], 1);
        for (int i = 0; i < 10_000; i++)
            Dispatch.Execute(_device, BinaryOp.Add.With(ScalarSide.Right), [x], [1], x);
        Assert.Equal([10_000f], x.Read<float>());
    }
}
