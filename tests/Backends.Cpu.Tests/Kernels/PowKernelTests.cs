namespace Nabla.Tests;

public sealed class PowKernelTests
{
    [Fact]
    public void Pow_OfTwo_IsTheProduct()
    {
        float[] x = [.. Enumerable.Range(-500, 1001).Select(i => i * 0.37f), 1e-30f, 1e30f, float.NaN, float.NegativeInfinity];
        var tensor = Cpu.Tensor(x, x.Length);
        DeviceTensor[] inputs = [tensor];
        var op = BinaryOp.Pow.With(ScalarSide.Right);
        Assert.Equal(x.Select(v => v * v), Cpu.Read<float>(Cpu.Run(op, inputs, 2.0)));
        DeviceTensor[] integers = [Cpu.Tensor<long>([-3, 0, 7], 3)];
        Assert.Equal([9L, 0, 49], Cpu.Read<long>(Cpu.Run(op, integers, 2L)));
        Assert.Same(tensor, Cpu.Into(tensor, op, inputs, 2.0));
        Assert.Equal(x.Select(v => v * v), Cpu.Read<float>(tensor));
    }

    [Fact]
    public void Pow_OfOtherExponents_IsThePower()
    {
        var op = BinaryOp.Pow.With(ScalarSide.Right);
        DeviceTensor[] numbers = [Cpu.Tensor([1f, 2, 3], 3)];
        Assert.Equal([1f, 8, 27], Cpu.Read<float>(Cpu.Run(op, numbers, 3.0)));
        Assert.Equal([2f, 4, 8], Cpu.Read<float>(Cpu.Run(BinaryOp.Pow.With(ScalarSide.Left), numbers, 2.0)));
    }
}
