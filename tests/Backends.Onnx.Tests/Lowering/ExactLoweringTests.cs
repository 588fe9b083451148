namespace Nabla.Tests.Lowering;

/// <summary>Integers, bits, reductions and movement: exact values.</summary>
public sealed class ExactLoweringTests
{
    [Theory]
    [InlineData(0, 0, 7)]
    [InlineData(42, 5, 33)]
    [InlineData(-1, -2, 16)]
    [InlineData(long.MinValue, 0xFFFFFFFFL, 9)]
    public void RandomBits_AnyKeyAndCounter_EqualsPhilox(long key, long counter, int count)
    {
        using var lab = new Lab();
        var actual = lab.Read<int>(lab.Run(new RandomBitsOp([count]), [], [key, counter]));
        var expected = Enumerable.Range(0, (count + 3) / 4).SelectMany(b =>
        {
            var (x0, x1, x2, x3) = Philox.Block((ulong)key, (ulong)counter + (ulong)b);
            return (int[])[(int)x0, (int)x1, (int)x2, (int)x3];
        }).Take(count);
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(DType.Float16, 2.9997, 3)]
    [InlineData(DType.BFloat16, 2.997, 3)]
    [InlineData(DType.Float32, 16777217.0, 16777216)]
    [InlineData(DType.Float32, -0.99999999999, -1)]
    public void Cast_ThroughANarrowerType_KeepsItsRounding(DType through, double value, int expected)
    {
        using var lab = new Lab();
        var narrow = lab.Run(new CastOp(through), lab.Vector(value, 1.0)); // one graph, in which casts follow each other
        Assert.Equal([expected, 1], lab.Read<int>(lab.Run(new CastOp(DType.Int32), narrow)));
        Assert.Equal([(long)expected, 1], lab.Read<long>(lab.Run(new CastOp(DType.Int64), lab.Run(new CastOp(DType.Float64), narrow))));
    }

    [Fact]
    public void Expand_ToNothing_IsEmptyWithinAGraph()
    {
        using var lab = new Lab();
        var row = lab.Run(BinaryOp.Add, lab.Upload([1, 2], 1f, 2), (Scalar)1);
        var none = lab.Run(CopyOp.Instance, Lab.View(new ExpandOp([0, 2]), row));
        Assert.Equal([2f, 3], lab.Read<float>(lab.Run(new ConcatOp(0), none, row)));
        var stacked = lab.Run(CopyOp.Instance, Lab.View(new ExpandOp([3, 0, 2]), row));
        Assert.Equal([0f, 0, 0, 0, 0, 0], lab.Read<float>(lab.Run(ReduceOp.Sum([1], keepDim: false), stacked)));
    }

    [Fact]
    public void Division_EverySignPair_FollowsPyTorch()
    {
        using var lab = new Lab();
        var (a, b) = (lab.Vector(7, 7, -7, -7, 6), lab.Vector(2, -2, 2, -2, 3));
        Assert.Equal([3, -4, -4, 3, 2], lab.Read<int>(lab.Run(BinaryOp.FloorDivide, a, b)));
        Assert.Equal([3, -3, -3, 3, 2], lab.Read<int>(lab.Run(BinaryOp.TruncDivide, a, b)));
        Assert.Equal([1, -1, 1, -1, 0], lab.Read<int>(lab.Run(BinaryOp.Remainder, a, b)));
        Assert.Equal([1, 1, -1, -1, 0], lab.Read<int>(lab.Run(BinaryOp.Fmod, a, b)));
        Assert.Equal([9.0, -4], lab.Read<double>(lab.Run(BinaryOp.FloorDivide, lab.Vector(1.0, 7), lab.Vector(0.1, -2))));
        Assert.Equal([-1.0, 1], lab.Read<double>(lab.Run(BinaryOp.Remainder, lab.Vector(7.0, -7), lab.Vector(-2.0, 2))));
    }

    [Fact]
    public void Pow_Integers_WrapsAndTruncates()
    {
        using var lab = new Lab();
        var (a, b) = (lab.Vector(3L, 2, -3, 7, 1, -1, -1, 2, 0, 0), lab.Vector(5L, 70, 3, 41, -5, -3, -4, -1, 0, -2));
        Assert.Equal([243L, 0, -27, Power(7, 41), 1, -1, 1, 0, 1, 0], lab.Read<long>(lab.Run(BinaryOp.Pow, a, b)));
        Assert.Equal([(byte)225, (byte)0], lab.Read<byte>(lab.Run(BinaryOp.Pow, lab.Vector((byte)15, (byte)4), lab.Vector((byte)2, (byte)200))));
    }

    private static long Power(long a, int b)
    {
        long p = 1;
        for (int i = 0; i < b; i++)
            p = unchecked(p * a);
        return p;
    }

    [Fact]
    public void Shifts_AnyCount_AreDetermined()
    {
        using var lab = new Lab();
        var (a, b) = (lab.Vector(1, -8, -8, 5, 5, -1), lab.Vector(31, 1, 40, -1, 32, 4));
        Assert.Equal([int.MinValue, -16, 0, 0, 0, -16], lab.Read<int>(lab.Run(BinaryOp.ShiftLeft, a, b)));
        Assert.Equal([0, -4, -1, 0, 0, -1], lab.Read<int>(lab.Run(BinaryOp.ShiftRight, a, b)));
        Assert.Equal([(byte)254], lab.Read<byte>(lab.Run(BinaryOp.ShiftLeft, lab.Vector((byte)255), lab.Vector((byte)1))));
    }

    [Fact]
    public void Extremes_WithNaN_PropagateIt()
    {
        using var lab = new Lab();
        var x = lab.Upload<float>([2, 3], 1, float.NaN, 3, 4, 5, 6);
        Assert.Equal([float.NaN, 6], lab.Read<float>(lab.Run(ReduceOp.Max([1], false), x)));
        Assert.Equal([1, float.NaN, 3], lab.Read<float>(lab.Run(ReduceOp.Min([0], false), x)));
        Assert.Equal([1L, 2], lab.Read<long>(lab.Run(ArgReduceOp.Max(1, false), x)));
        Assert.Equal([0, float.NaN, 0, 0, 0, 0], lab.Read<float>(lab.Run(BinaryOp.Minimum, x, 0)));
        Assert.Equal([1, float.NaN, 3, 4, 5, 6], lab.Read<float>(lab.Run(BinaryOp.Maximum, x, 0)));
        Assert.Equal([0L], lab.Read<long>(lab.Run(ArgReduceOp.Max(0, false), [lab.Vector(2, 2, 1)], [])));
    }

    [Fact]
    public void Sums_LongOnes_AreAccurate()
    {
        using var lab = new Lab();
        var tenths = lab.Run(new FullOp(DType.Float32, [4_000_000]), [], [0.1f]);
        Assert.Equal(400_000f, lab.Read<float>(lab.Run(ReduceOp.Sum([0], false), tenths))[0], 0.05f);
        var prime = lab.Run(new FullOp(DType.Float32, [2, 1_000_003]), [], [0.1f]);
        Assert.Equal(100_000.3f, lab.Read<float>(lab.Run(ReduceOp.Sum([1], true), prime))[1], 0.02f);
        Assert.Equal([0f, 0], lab.Read<float>(lab.Run(ReduceOp.Sum([0], false), lab.Run(new FullOp(DType.Float32, [0, 2]), [], [1]))));
        Assert.Equal([1], lab.Read<int>(lab.Run(ReduceOp.Prod([0], false), lab.Run(new FullOp(DType.Int32, [0]), [], [1]))));
    }

    [Fact]
    public void Movement_IndicesAndSteps_PutEachElementWhereItBelongs()
    {
        using var lab = new Lab();
        var x = lab.Upload<int>([2, 3], 1, 2, 3, 4, 5, 6);
        var index = lab.Upload<long>([1, 3], 1, 0, 1);
        Assert.Equal([4, 2, 6], lab.Read<int>(lab.Run(new GatherOp(0), x, index)));
        Assert.Equal([1, 12, 3, 14, 5, 16], lab.Read<int>(lab.Run(new ScatterAddOp(0), x, index, lab.Upload<int>([2, 3], 10, 10, 10, 0, 0, 0))));
        Assert.Equal([(Half)3], lab.Read<Half>(lab.Run(new ScatterAddOp(0), lab.Vector((Half)0), lab.Vector(0L, 0), lab.Vector((Half)1, (Half)2))));
        Assert.Equal([9, 1, 2, 3, 9, 4, 5, 6], lab.Read<int>(lab.Run(new PadOp([0, 1], [0, 0]), [x], [9])));
        var slice = new SliceOp([1, 2], [2, 2], [-1, -2]);
        Assert.Equal([40, 2, 30, 20, 5, 10], lab.Read<int>(lab.Run(new SliceScatterOp(slice), x, lab.Upload<int>([2, 2], 10, 20, 30, 40))));
        Assert.Equal([true, false], lab.Read<bool>(lab.Run(WhereOp.Instance, lab.Vector(true, false), lab.Vector(true), lab.Vector(false))));
        Assert.Equal([(short)7, (short)5, (short)3], lab.Read<short>(lab.Run(new ArangeOp(DType.Int16, 3), [], [7, -2])));
    }

    [Fact]
    public void MatMul_IntegersHalvesAndNothing_AreComputed()
    {
        using var lab = new Lab();
        Assert.Equal([(sbyte)-56], lab.Read<sbyte>(lab.Run(MatMulOp.Instance, lab.Upload<sbyte>([1, 2], 100, 100), lab.Upload<sbyte>([2, 1], 1, 1))));
        Assert.Equal([(BFloat16)11f], lab.Read<BFloat16>(lab.Run(MatMulOp.Instance, lab.Upload([1, 2], (BFloat16)1f, (BFloat16)2f), lab.Upload([2, 1], (BFloat16)3f, (BFloat16)4f))));
        Assert.Equal([0f, 0], lab.Read<float>(lab.Run(MatMulOp.Instance, lab.Upload<float>([1, 0]), lab.Upload<float>([0, 2]))));
    }

    [Fact]
    public void Casts_BetweenTypes_TruncateWrapAndTest()
    {
        using var lab = new Lab();
        Assert.Equal([1, -1], lab.Read<int>(lab.Run(new CastOp(DType.Int32), lab.Vector(1.9, -1.9))));
        Assert.Equal([(byte)44, (byte)255], lab.Read<byte>(lab.Run(new CastOp(DType.UInt8), lab.Vector(300, -1))));
        Assert.Equal([true, false, true], lab.Read<bool>(lab.Run(new CastOp(DType.Bool), lab.Vector(0.5f, 0, float.NaN))));
        Assert.Equal([(BFloat16)1f], lab.Read<BFloat16>(lab.Run(new CastOp(DType.BFloat16), lab.Vector(true))));
    }
}
