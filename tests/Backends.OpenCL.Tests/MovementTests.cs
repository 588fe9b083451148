namespace Nabla.Tests;

public sealed class MovementTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private readonly IDevice _device = fixture.Device;

    [Fact]
    public void Concat_EveryWidth_Joins()
    {
        Assert.Equal<byte>([1, 2, 9, 3, 4, 8], _device.Run(new ConcatOp(1), _device.From<byte>([1, 2, 3, 4], 2, 2), _device.From<byte>([9, 8], 2, 1)).Read<byte>());
        Assert.Equal<short>([1, 2, 3], _device.Run(new ConcatOp(0), _device.From<short>([1], 1), _device.From<short>([], 0), _device.From<short>([2, 3], 2)).Read<short>());
        Assert.Equal([1.5, -0.0, double.NaN], _device.Run(new ConcatOp(0), _device.From([1.5], 1), _device.From([-0.0, double.NaN], 2)).Read<double>());
    }

    [Fact]
    public void Pad_SurroundsWithTheNumber()
    {
        var x = _device.From<long>([1, 2, 3, 4], 2, 2).Permute(1, 0);
        Assert.Equal([7L, 1, 3, 7, 7, 2, 4, 7, 7, 7, 7, 7], _device.Run(new PadOp([0, 1], [1, 1]), [x], 7).Read<long>());
    }

    [Fact]
    public void SliceScatter_ReplacesTheSlice()
    {
        var x = _device.From(Host.Range(8), 2, 4);
        var value = _device.From([10f, 20, 30, 40], 2, 2);
        Assert.Equal([20f, 1, 10, 3, 40, 5, 30, 7], _device.Run(new SliceScatterOp(SliceOp.Along(x.Shape, 1, 2, 2, -2)), x, value).Read<float>());
    }

    [Fact]
    public void Where_AllBroadcast()
    {
        var condition = _device.From([true, false], 2, 1);
        var y = _device.Run(WhereOp.Instance, condition, _device.From([1f, 2, 3], 3), _device.From([9f]));
        Assert.Equal([1f, 2, 3, 9, 9, 9], y.Read<float>());
    }

    [Fact]
    public void Gather_AlongEitherAxis_Picks()
    {
        var x = _device.From(Host.Range(12), 3, 4);
        Assert.Equal([3f, 0, 4, 4], _device.Run(new GatherOp(1), x, _device.From<long>([3, 0, 0, 0], 2, 2)).Read<float>());
        Assert.Equal([8f, 1, 6], _device.Run(new GatherOp(0), x, _device.From<long>([2, 0, 1], 1, 3)).Read<float>());
        Assert.Equal([5f], _device.Run(new GatherOp(0), _device.From([5f]), _device.From<long>([0])).Read<float>());
    }

    [Fact]
    public void ScatterAdd_RepeatedIndices_AddUp()
    {
        var x = _device.From([1f, 1, 1], 3);
        var y = _device.Run(new ScatterAddOp(0), x, _device.From<long>([2, 0, 2, 2], 4), _device.From([1f, 2, 3, 4, 5], 5));
        Assert.Equal([3f, 1, 9], y.Read<float>());
        var rows = _device.Run(new ScatterAddOp(0), _device.From(new Half[6], 3, 2), _device.From<long>([1], 1, 1).Expand(4, 2), _device.From([.. Host.Range(8).Select(v => (Half)v)], 4, 2));
        Assert.Equal<Half>([(Half)0, (Half)0, (Half)12, (Half)16, (Half)0, (Half)0], rows.Read<Half>());
        Assert.Equal([6f], _device.Run(new ScatterAddOp(0), _device.From([1f]), _device.From<long>([0]), _device.From([5f])).Read<float>());
    }

    [Fact]
    public void ScatterAdd_LongLine_IsSplitAndExact()
    {
        const int count = 100_000, size = 1000;
        var index = Enumerable.Range(0, count).Select(i => (long)(i * 7919 % size)).ToArray();
        var y = _device.Run(new ScatterAddOp(0), _device.From(new int[size], size), _device.From(index, count), _device.From(Enumerable.Repeat(1, count).ToArray(), count));
        Assert.All(y.Read<int>(), v => Assert.Equal(count / size, v));
    }

    [Fact]
    public void Arange_OfHalfs_ContinuesInEveryPiece()
    {
        const int count = 100_003; // several pieces: the host computes them
        var y = _device.Run(new ArangeOp(DType.Float16, count), [], 0, 1e-2);
        Assert.Equal(Enumerable.Range(0, count).Select(i => (Half)(i * 1e-2)), y.Read<Half>());
    }

    [Fact]
    public void Creation_MatchesTheDefinitions()
    {
        Assert.Equal([0.1f, 0.4f, 0.7f], _device.Run(new ArangeOp(DType.Float32, 3), [], 0.1, 0.3).Read<float>().Select(v => MathF.Round(v, 6)));
        Assert.Equal<sbyte>([5, 2, -1], _device.Run(new ArangeOp(DType.Int8, 3), [], 5, -3).Read<sbyte>());
        Assert.Equal([(Half)0.5, (Half)1], _device.Run(new ArangeOp(DType.Float16, 2), [], 0.5, 0.5).Read<Half>());
        const ulong key = 0x1234_5678_9ABC_DEF0, counter = 0xFFFF_FFFF;
        var bits = _device.Run(new RandomBitsOp([11]), [], unchecked((long)key), (long)counter).Read<int>();
        for (int i = 0; i < bits.Length; i++)
        {
            var (x0, x1, x2, x3) = Philox.Block(key, counter + (ulong)(i / 4));
            Assert.Equal((i % 4) switch { 0 => x0, 1 => x1, 2 => x2, _ => x3 }, (uint)bits[i]);
        }
    }
}
