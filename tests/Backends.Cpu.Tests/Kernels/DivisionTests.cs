namespace Nabla.Tests;

public sealed class DivisionTests
{
    private static readonly BinaryOp[] Divisions = [BinaryOp.FloorDivide, BinaryOp.TruncDivide, BinaryOp.Remainder, BinaryOp.Fmod];

    [Fact]
    public void Divide_IntegerByZero_NamesTheOperation()
    {
        foreach (var op in Divisions)
        {
            foreach (var dtype in DTypes.All.Where(d => d.IsInteger()))
            {
                var a = Cpu.Run(new FullOp(dtype, [70_000]), [], 5);
                var b = Cpu.Run(new ConcatOp(0), Cpu.Run(new FullOp(dtype, [69_999]), [], 1), Cpu.Run(new FullOp(dtype, [1]), [], 0));
                var error = Assert.Throws<TensorDivisionException>(() => Cpu.Run(op, a, b));
                Assert.StartsWith(op.Kind.Name + ":", error.Message, StringComparison.Ordinal);
                Assert.Throws<TensorDivisionException>(() => Cpu.Run(op.With(ScalarSide.Right), [a], 0));
            }
        }
    }

    [Fact]
    public void Divide_MostNegativeByMinusOne_Wraps()
    {
        var a = Cpu.Tensor<int>([int.MinValue]);
        var b = Cpu.Tensor<int>([-1]);
        Assert.Equal([int.MinValue], Cpu.Read<int>(Cpu.Run(BinaryOp.FloorDivide, a, b)));
        Assert.Equal([int.MinValue], Cpu.Read<int>(Cpu.Run(BinaryOp.TruncDivide, a, b)));
        Assert.Equal([0], Cpu.Read<int>(Cpu.Run(BinaryOp.Remainder, a, b)));
        Assert.Equal([0], Cpu.Read<int>(Cpu.Run(BinaryOp.Fmod, a, b)));
        Assert.Equal([sbyte.MinValue], Cpu.Read<sbyte>(Cpu.Run(BinaryOp.FloorDivide, Cpu.Tensor<sbyte>([-128]), Cpu.Tensor<sbyte>([-1]))));
        Assert.Equal([long.MinValue], Cpu.Read<long>(Cpu.Run(BinaryOp.TruncDivide, Cpu.Tensor([long.MinValue]), Cpu.Tensor<long>([-1]))));
        Assert.Equal([0], Cpu.Read<byte>(Cpu.Run(BinaryOp.FloorDivide, Cpu.Tensor<byte>([254]), Cpu.Tensor<byte>([255]))));
    }

    [Fact]
    public void Divide_Integers_RoundAsDocumented()
    {
        int[] a = [7, -7, 7, -7, 6, -6], b = [2, 2, -2, -2, 3, 3];
        Assert.Equal([3, -4, -4, 3, 2, -2], Cpu.Read<int>(Cpu.Run(BinaryOp.FloorDivide, Cpu.Tensor(a), Cpu.Tensor(b))));
        Assert.Equal([3, -3, -3, 3, 2, -2], Cpu.Read<int>(Cpu.Run(BinaryOp.TruncDivide, Cpu.Tensor(a), Cpu.Tensor(b))));
        Assert.Equal([1, 1, -1, -1, 0, 0], Cpu.Read<int>(Cpu.Run(BinaryOp.Remainder, Cpu.Tensor(a), Cpu.Tensor(b))));
        Assert.Equal([1, -1, 1, -1, 0, 0], Cpu.Read<int>(Cpu.Run(BinaryOp.Fmod, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    [Fact]
    public void Divide_FloatsByZero_GiveInfinityAndNaN()
    {
        Assert.Equal([float.PositiveInfinity, float.NaN], Cpu.Read<float>(Cpu.Run(BinaryOp.FloorDivide, Cpu.Tensor([1f, 0]), Cpu.Tensor([0f, 0]))));
        Assert.Equal([float.NaN, float.NaN], Cpu.Read<float>(Cpu.Run(BinaryOp.Remainder, Cpu.Tensor([1f, 0]), Cpu.Tensor([0f, 0]))));
    }

    [Fact]
    public void Power_OfIntegers_WrapsAndTruncates()
    {
        int[] a = [2, -3, 2, 1, -1, -1, 0, 0, 3], b = [10, 3, -1, -5, -3, -2, -1, 0, 40];
        Assert.Equal([1024, -27, 0, 1, -1, 1, 0, 1, 689956897], Cpu.Read<int>(Cpu.Run(BinaryOp.Pow, Cpu.Tensor(a), Cpu.Tensor(b))));
    }

    [Fact]
    public void Shift_OutsideTheWidth_IsZeroOrTheSign()
    {
        int[] a = [5, 5, -5, -5, 5, 1], b = [1, 32, 1, 40, -1, 31];
        Assert.Equal([10, 0, -10, 0, 0, int.MinValue], Cpu.Read<int>(Cpu.Run(BinaryOp.ShiftLeft, Cpu.Tensor(a), Cpu.Tensor(b))));
        Assert.Equal([2, 0, -3, -1, 0, 0], Cpu.Read<int>(Cpu.Run(BinaryOp.ShiftRight, Cpu.Tensor(a), Cpu.Tensor(b))));
    }
}
