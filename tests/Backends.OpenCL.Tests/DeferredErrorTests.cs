namespace Nabla.Tests;

/// <summary>What kernels find in the data is reported when the host next waits.</summary>
public sealed class DeferredErrorTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private readonly IDevice _device = fixture.Device;

    public static TheoryData<string> Divisions => ["floor_divide", "trunc_divide", "remainder", "fmod"];

    [Theory]
    [MemberData(nameof(Divisions))]
    public void Divide_IntegerByZeroInTheData_IsReportedByTheDownload(string name)
    {
        var op = new[] { BinaryOp.FloorDivide, BinaryOp.TruncDivide, BinaryOp.Remainder, BinaryOp.Fmod }.Single(o => o.Kind.Name == name);
        var y = _device.Run(op, _device.From([7, 8, 9], 3), _device.From([2, 0, 4], 3));
        var later = _device.Run(BinaryOp.Add, y, y);
        var e = Assert.Throws<TensorDivisionException>(() => later.Read<int>());
        Assert.Equal(name, e.Operation);
        Assert.Contains("surfaced only now", e.Message, StringComparison.Ordinal);
        Assert.Equal([3, 4], _device.Run(op == BinaryOp.TruncDivide ? op : BinaryOp.TruncDivide, _device.From([7, 9], 2), _device.From([2, 2], 2)).Read<int>()); // usable
    }

    [Fact]
    public void Divide_ByAScalarZero_ThrowsAtOnce()
    {
        var x = _device.From<byte>([1, 2], 2);
        Assert.Throws<TensorDivisionException>(() => _device.Run(BinaryOp.FloorDivide.With(ScalarSide.Right), [x], 0));
        Assert.Throws<TensorDivisionException>(() => _device.Run(BinaryOp.FloorDivide.With(ScalarSide.Left), [_device.From<byte>([1, 0], 2)], 4).Read<byte>());
        Assert.Equal([float.PositiveInfinity], _device.Run(BinaryOp.FloorDivide.With(ScalarSide.Right), [_device.From([1f], 1)], 0).Read<float>());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void Gather_IndexOutOfRange_NamesItAndTheRange(long index)
    {
        var y = _device.Run(new GatherOp(1), _device.From(Host.Range(6), 2, 3), _device.From([0L, index], 1, 2));
        var e = Assert.Throws<TensorIndexException>(() => y.Read<float>());
        Assert.Equal("gather", e.Operation);
        Assert.Contains($"index {index} is out of range for dimension 1, which has 3 elements", e.Message, StringComparison.Ordinal);
        y.Read<float>(); // reported once
    }

    [Fact]
    public void ScatterAdd_IndexOutOfRange_IsReportedBySynchronize()
    {
        _device.Run(new ScatterAddOp(0), _device.From(new float[3], 3), _device.From([1L, 9], 2), _device.From(new float[2], 2));
        var e = Assert.Throws<TensorIndexException>(_device.Synchronize);
        Assert.Contains("index 9", e.Message, StringComparison.Ordinal);
        _device.Synchronize();
    }

    [Fact]
    public void Report_TwoFaults_TheFirstWins()
    {
        _device.Run(BinaryOp.Remainder, _device.From([1], 1), _device.From([0], 1));
        _device.Run(new GatherOp(0), _device.From([1f], 1), _device.From([5L], 1));
        Assert.Equal("remainder", Assert.Throws<TensorDivisionException>(_device.Synchronize).Operation);
        _device.Synchronize();
    }

    [Fact]
    public async Task DownloadAsync_AfterAFault_Throws()
    {
        var y = _device.Run(BinaryOp.Remainder, _device.From([1], 1), _device.From([0], 1));
        await Assert.ThrowsAsync<TensorDivisionException>(async () => await _device.DownloadAsync(y, new byte[4], TestContext.Current.CancellationToken));
        await _device.DownloadAsync(y, new byte[4], TestContext.Current.CancellationToken);
    }
}
