using Nabla.Tests.Reference;
using Nabla.Tests.Samples;

namespace Nabla.Tests.Suite;

public abstract partial class ConformanceSuite
{
    public static IEnumerable<TheoryDataRow<DType>> ElementTypes => DTypes.All.Select(t => new TheoryDataRow<DType>(t));

    [Theory]
    [MemberData(nameof(ElementTypes))]
    public void UploadDownload_WithOffsets_MoveTheBytesAsked(DType dtype)
    {
        if (!Device.Traits.DTypes.Contains(dtype))
            return;
        using var bench = new Bench(Device);
        int size = dtype.Size();
        var values = new SampleData("transfer", dtype).Uniform([10], 0, 100);
        var bytes = values.ToBytes();
        var tensor = bench.Upload(values);
        var part = new byte[3 * size];
        Device.Download(tensor, part, 4 * size);
        Assert.Equal(bytes[(4 * size)..(7 * size)], part);

        Device.Upload(bytes.AsSpan(0, 2 * size), tensor, 8 * size);
        bytes.AsSpan(0, 2 * size).CopyTo(bytes.AsSpan(8 * size));
        Assert.Equal(bytes, bench.Download(tensor).ToBytes());
    }

    [Fact]
    public void UploadDownload_OfADenseView_StartAtItsFirstElement()
    {
        using var bench = new Bench(Device);
        var source = bench.Upload(SampleData.Of(DType.Int32, [3, 2], 1, 2, 3, 4, 5, 6));
        var row = bench.View(source, new SliceOp([1, 0], [2, 2], [1, 1]));
        Device.Upload(SampleData.Of(DType.Int32, [1], 40).ToBytes(), row, 4);
        Assert.Equal([3, 40, 5, 6], bench.Download(row).Integers);
        Assert.Equal([1, 2, 3, 40, 5, 6], bench.Download(source).Integers);
    }

    [Fact]
    public void Upload_AfterTheTensorWasRead_DoesNotChangeWhatWasComputed()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [2], 1, 2));
        var y = bench.Run(UnaryOp.Neg, [x])[0];
        Device.Upload(SampleData.Of(DType.Float32, [2], 7, 8).ToBytes(), x);
        Assert.Equal([-1, -2], bench.Download(y).Reals);
        Assert.Equal([7, 8], bench.Download(x).Reals);
    }

    [Fact]
    public void InPlaceWrite_AfterTheTensorWasRead_DoesNotChangeWhatWasComputed()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [2], 1, 2));
        var before = bench.Run(UnaryOp.Neg, [x])[0];
        bench.Run(BinaryOp.Mul.With(ScalarSide.Right), [x], [10], [x]);
        var after = bench.Run(UnaryOp.Neg, [x])[0];
        Assert.Equal([-10, -20], bench.Download(after).Reals);
        Assert.Equal([-1, -2], bench.Download(before).Reals);
        Assert.Equal([10, 20], bench.Download(x).Reals);
    }

    [Fact]
    public async Task DownloadAsync_OfAResult_GivesItsBytes()
    {
        using var bench = new Bench(Device);
        var y = bench.Run(UnaryOp.Neg, [bench.Upload(SampleData.Of(DType.Float32, [3], 1, -2, 3))])[0];
        var bytes = new byte[12];
        await Device.DownloadAsync(y, bytes, TestContext.Current.CancellationToken);
        Assert.Equal([-1, 2, -3], Values.FromBytes(y.Spec, bytes).Reals);
    }

    [Fact]
    public async Task DownloadAsync_Cancelled_Throws()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [3], 1, -2, 3));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Device.DownloadAsync(x, new byte[12], new CancellationToken(canceled: true)));
    }

    [Fact]
    public void Evaluate_SeveralRoots_ThenReadsThem()
    {
        using var bench = new Bench(Device);
        var x = bench.Upload(SampleData.Of(DType.Float32, [2], 1, 2));
        var sum = bench.Run(BinaryOp.Add, [x, x])[0];
        var (product, unread) = (bench.Run(BinaryOp.Mul, [sum, x])[0], bench.Run(UnaryOp.Exp, [sum])[0]);
        Device.Evaluate([sum, product]);
        Device.Synchronize();
        Assert.Equal([2, 4], bench.Download(sum).Reals);
        Assert.Equal([2, 8], bench.Download(product).Reals);
        Bench.AssertClose(SampleData.Of(DType.Float32, [2], Math.Exp(2), Math.Exp(4)), bench.Download(unread), 1, "exp");
    }

    [Fact]
    public void AfterDispose_EveryUse_ThrowsDeviceDisposed()
    {
        var device = TestDevices.Fresh(Id, Add);
        var x = device.Allocate(new(DType.Float32, [2]));
        device.Upload(new byte[8], x);
        device.Dispose();
        device.Dispose(); // twice is as good as once
        Assert.Throws<DeviceDisposedException>(() => Dispatch.Execute(device, UnaryOp.Neg, [x], default));
        Assert.Throws<DeviceDisposedException>(() => device.Download(x, new byte[8]));
        Assert.Throws<DeviceDisposedException>(() => device.Upload(new byte[8], x));
        Assert.Throws<DeviceDisposedException>(() => device.Allocate(new(DType.Float32, [2])));
        x.Storage.Release(); // gives back to a device that is gone: nothing to do, nothing to throw
    }

    [Fact]
    public void Execute_FromManyThreads_GivesEachItsOwn()
    {
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var bench = new Bench(Device);
            var x = bench.Upload(SampleData.Of(DType.Float32, [3], i, i + 1, i + 2));
            for (int n = 0; n < 10; n++)
                x = bench.Run(BinaryOp.Add.With(ScalarSide.Right), [x], [1])[0];
            Assert.Equal([i + 10, i + 11, i + 12], bench.Download(x).Reals);
        });
    }

    [Fact]
    public void Sum_OfFourMillionTenths_IsAccurate()
    {
        using var bench = new Bench(Device);
        var tenths = bench.Run(new FullOp(DType.Float32, [4_000_000]), [], [0.1f])[0];
        Assert.Equal(400_000, bench.Download(bench.Run(ReduceOp.Sum([0], false), [tenths])[0]).Reals[0], 0.1);
    }

    [Fact]
    public void RandomBits_FirstBlock_IsPhilox()
    {
        using var bench = new Bench(Device);
        // The known answer of Philox4x32-10 for a counter and a key of zeros (the generator's published test vector).
        var bits = bench.Download(bench.Run(new RandomBitsOp([4]), [], [0, 0])[0]).Integers;
        Assert.Equal([0x6627E8D5, unchecked((int)0xE169C58D), unchecked((int)0xBC57AC4C), unchecked((int)0x9B00DBD8)], bits.Select(b => (int)b));
    }
}
