namespace Nabla.Tests;

/// <summary>Extents at 2^31 - 1, where 32 bits just hold an index: no sum on the way may need more.</summary>
public sealed class LargestTensorTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private const int Largest = int.MaxValue;
    private readonly IDevice _device = fixture.Device;

    [Fact]
    public void Sum_OfAll_CountsEveryElement()
    {
        var x = Filled(DType.UInt8, 1, Largest);
        Assert.Equal(unchecked((byte)Largest), Last<byte>(_device.Run(ReduceOp.Sum([0], false), x)));
        x.Storage.Release();
    }

    [Fact]
    public void ArgMax_OfTheLast_IsItsPlace()
    {
        var x = Filled(DType.UInt8, 0, Largest);
        _device.Upload([1], x, Largest - 1);
        var y = _device.Run(ArgReduceOp.Max(0, false), x);
        Assert.Equal(Largest - 1, Last<long>(y));
        x.Storage.Release();
        y.Storage.Release();
    }

    [Fact]
    public void ScatterAdd_IntoTheLast_AddsThere()
    {
        var x = Filled(DType.UInt8, 3, Largest);
        var y = _device.Run(new ScatterAddOp(0), x, _device.From(new long[] { Largest - 1, 0 }, 2), _device.From<byte>([4, 5], 2));
        Assert.Equal(7, Last<byte>(y));
        x.Storage.Release();
        y.Storage.Release();
    }

    [Fact]
    public void MatMul_OneLongRow_ReachesItsEnd()
    {
        var x = Filled(DType.Int8, 3, 1, Largest);
        var y = _device.Run(MatMulOp.Instance, _device.From<sbyte>([5], 1, 1), x);
        Assert.Equal(15, Last<sbyte>(y));
        x.Storage.Release();
        y.Storage.Release();
    }

    [Fact]
    public void Copy_Transposed_MovesEveryElement()
    {
        const int rows = 3, columns = Largest / rows;
        var x = Filled(DType.UInt8, 1, rows, columns);
        _device.Upload([7], x, ((long)rows * columns) - 1);
        _device.Upload([9], x, columns - 1);
        var turned = _device.Run(CopyOp.Instance, x.Permute(1, 0));
        x.Storage.Release();
        Assert.Equal<byte>([9, 1, 7], turned.Slice(0, columns - 1, 1).Read<byte>());
        var sums = _device.Run(ReduceOp.Sum([0], false), turned);
        Assert.Equal<byte>([unchecked((byte)(columns + 8)), unchecked((byte)columns), unchecked((byte)(columns + 6))], sums.Read<byte>());
        turned.Storage.Release();
        sums.Storage.Release();
    }

    private DeviceTensor Filled(DType dtype, Scalar value, params long[] dims)
    {
        DeviceFixture.SkipUnlessLargeGpu();
        return _device.Run(new FullOp(dtype, Shape.Create(dims)), [], value);
    }

    /// <summary>The last element of a dense tensor.</summary>
    private T Last<T>(DeviceTensor tensor) where T : unmanaged
    {
        var one = new T[1];
        _device.Download(tensor, System.Runtime.InteropServices.MemoryMarshal.AsBytes(one.AsSpan()), (tensor.Shape.ElementCount - 1) * tensor.DType.Size());
        return one[0];
    }
}
