namespace Nabla.Tests;

public sealed class ElementwiseTests(DeviceFixture fixture) : IClassFixture<DeviceFixture>
{
    private readonly IDevice _device = fixture.Device;

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(5000)]
    public void Add_Dense_Adds(int count)
    {
        var a = Host.Range(count);
        var b = Host.Range(count, 0.5f, 2);
        var sum = _device.Run(BinaryOp.Add, _device.From(a, count), _device.From(b, count));
        Assert.Equal(a.Zip(b, (x, y) => x + y), sum.Read<float>());
    }

    [Fact]
    public void Add_PermutedSlicedAndExpanded_WalksEachOperand()
    {
        var a = _device.From(Host.Range(60), 3, 4, 5).Permute(2, 0, 1); // [5, 3, 4]
        var b = _device.From(Host.Range(40, 100), 5, 8).Slice(1, 7, 4, -2).View(new ReshapeOp([5, 1, 4])); // every second, backwards
        var c = _device.From(Host.Range(3, 1000, 1000), 3, 1).Expand(5, 3, 4);
        var sum = _device.Run(BinaryOp.Add, _device.Run(BinaryOp.Add, a, b), c).Read<float>();
        var expected = new List<float>();
        for (int i = 0; i < 5; i++)
            for (int j = 0; j < 3; j++)
                for (int k = 0; k < 4; k++)
                    expected.Add((j * 20) + (k * 5) + i + 100 + (i * 8) + 7 - (2 * k) + 1000 + (j * 1000));
        Assert.Equal(expected, sum);
    }

    [Fact]
    public void Add_ScalarOnEitherSide_TakesTheTensorsType()
    {
        var x = _device.From<short>([1, 2, -3], 3);
        Assert.Equal<short>([-9, -8, -13], _device.Run(BinaryOp.Sub.With(ScalarSide.Right), [x], 10).Read<short>());
        Assert.Equal<short>([9, 8, 13], _device.Run(BinaryOp.Sub.With(ScalarSide.Left), [x], 10).Read<short>());
    }

    [Fact]
    public void Execute_IntoStridedTarget_WritesThere()
    {
        var y = _device.From(new float[12], 3, 4);
        var target = y.Permute(1, 0); // [4, 3]
        var x = _device.From(Host.Range(12), 4, 3);
        Dispatch.Execute(_device, UnaryOp.Neg, [x], default, target);
        Assert.Equal(Host.Range(12, 0, -1), target.Read<float>());
        Assert.Equal([0, -3, -6, -9, -1, -4, -7, -10, -2, -5, -8, -11], y.Read<float>());
    }

    [Fact]
    public void Binary_EmptyAndZeroDimensional_Work()
    {
        Assert.Empty(_device.Run(BinaryOp.Mul, _device.From(Array.Empty<float>(), 0, 3), _device.From([1f, 2, 3], 3)).Read<float>());
        Assert.Equal([6f], _device.Run(BinaryOp.Mul, _device.From([2f]), _device.From([3f])).Read<float>());
    }

    [Fact]
    public void Half_AddAndRound_MatchesTheHostsRounding()
    {
        var a = new Half[2048];
        var b = new BFloat16[2048];
        for (int i = 0; i < a.Length; i++)
        {
            a[i] = BitConverter.UInt16BitsToHalf((ushort)(i * 31));
            b[i] = BFloat16.FromBits((ushort)(i * 31));
        }

        var third = _device.Run(BinaryOp.Mul.With(ScalarSide.Right), [_device.From(a, 2048)], 1.25);
        Assert.Equal(a.Select(x => (Half)((float)x * 1.25f)), third.Read<Half>());
        var bthird = _device.Run(BinaryOp.Mul.With(ScalarSide.Right), [_device.From(b, 2048)], 1.25);
        Assert.Equal(b.Select(x => (BFloat16)((float)x * 1.25f)), bthird.Read<BFloat16>());
        Assert.Equal(a.Select(x => (float)x), _device.Run(new CastOp(DType.Float32), _device.From(a, 2048)).Read<float>());
        var floats = Host.Range(3000, -70000, 47.3f).Concat([1e-8f, 6e-8f, 5.9604645e-8f, 3e-8f, 65519.99f, 65520f, float.NaN, float.PositiveInfinity]).ToArray();
        Assert.Equal(floats.Select(x => (Half)x), _device.Run(new CastOp(DType.Float16), _device.From(floats, floats.Length)).Read<Half>());
        Assert.Equal(floats.Select(x => (BFloat16)x), _device.Run(new CastOp(DType.BFloat16), _device.From(floats, floats.Length)).Read<BFloat16>());
    }

    [Fact]
    public void Integers_DivideAndRemainder_RoundAsDefined()
    {
        int[] a = [7, -7, 7, -7, int.MinValue, 0, 5], b = [2, 2, -2, -2, -1, 3, 7];
        var (x, y) = (_device.From(a, 7), _device.From(b, 7));
        Assert.Equal([3, -4, -4, 3, int.MinValue, 0, 0], _device.Run(BinaryOp.FloorDivide, x, y).Read<int>());
        Assert.Equal([3, -3, -3, 3, int.MinValue, 0, 0], _device.Run(BinaryOp.TruncDivide, x, y).Read<int>());
        Assert.Equal([1, 1, -1, -1, 0, 0, 5], _device.Run(BinaryOp.Remainder, x, y).Read<int>());
        Assert.Equal([1, -1, 1, -1, 0, 0, 5], _device.Run(BinaryOp.Fmod, x, y).Read<int>());
    }

    [Fact]
    public void Integers_WrapShiftAndPower()
    {
        var x = _device.From<byte>([200, 100, 3, 255], 4);
        Assert.Equal<byte>([144, 200, 6, 254], _device.Run(BinaryOp.Add, x, x).Read<byte>());
        Assert.Equal<byte>([0, 0, 243, 255], _device.Run(BinaryOp.Pow.With(ScalarSide.Right), [x], 5).Read<byte>());
        var y = _device.From<long>([1, -8, 5, 3], 4);
        var by = _device.From<long>([63, 1, 64, -1], 4);
        Assert.Equal([long.MinValue, -16, 0, 0], _device.Run(BinaryOp.ShiftLeft, y, by).Read<long>());
        Assert.Equal([0, -4, 0, 0], _device.Run(BinaryOp.ShiftRight, y, by).Read<long>());
        Assert.Equal([1, 0, 0, 0], _device.Run(BinaryOp.Pow.With(ScalarSide.Right), [y], -1).Read<long>());
    }

    [Fact]
    public void Compare_NaNAndTruth_AreBytesOfZeroAndOne()
    {
        var x = _device.From([1f, float.NaN, 3, 2], 4);
        var y = _device.From([1f, float.NaN, 2, 3], 4);
        Assert.Equal([true, false, false, false], _device.Run(BinaryOp.Eq, x, y).Read<bool>());
        Assert.Equal([false, true, true, true], _device.Run(BinaryOp.Ne, x, y).Read<bool>());
        Assert.Equal([false, true, false, false], _device.Run(UnaryOp.IsNaN, x).Read<bool>());
        Assert.Equal([1, float.NaN, 3, 3], _device.Run(BinaryOp.Maximum, x, y).Read<float>());
        Assert.Equal([float.NaN, 2], _device.Run(BinaryOp.Minimum, x, y).Read<float>()[1..3]);
    }

    [Fact]
    public void Cast_FloatToIntegers_Truncates()
    {
        var x = _device.From([-1.9f, 0.5f, 200.7f, -0f], 4);
        Assert.Equal<byte>([255, 0, 200, 0], _device.Run(new CastOp(DType.UInt8), x).Read<byte>());
        Assert.Equal<long>([-1, 0, 200, 0], _device.Run(new CastOp(DType.Int64), x).Read<long>());
        Assert.Equal([true, true, true, false], _device.Run(new CastOp(DType.Bool), x).Read<bool>());
        Assert.Equal<sbyte>([-1, 0], _device.Run(new CastOp(DType.Int8), _device.From<long>([-1, 256], 2)).Read<sbyte>());
        Assert.Equal([-1.9f, 0.5f, 200.7f, -0f], _device.Run(new CastOp(DType.Float64), x).Read<double>().Select(d => (float)d));
    }
}
