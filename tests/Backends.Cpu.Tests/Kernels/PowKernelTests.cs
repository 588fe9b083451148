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
    public void Pow_OfThree_IsTheProduct()
    {
        float[] x = [.. Enumerable.Range(-500, 1001).Select(i => i * 0.37f), 1e-30f, 1e30f, float.NaN, float.NegativeInfinity];
        var op = BinaryOp.Pow.With(ScalarSide.Right);
        Assert.Equal(x.Select(v => v * v * v), Cpu.Read<float>(Cpu.Run(op, [Cpu.Tensor(x)], 3.0)));
        Assert.Equal(x.Select(v => (double)v * v * v), Cpu.Read<double>(Cpu.Run(op, [Cpu.Tensor(x.Select(v => (double)v).ToArray())], 3.0)));
        Assert.Equal([-27, 0, 8, 125], Cpu.Read<sbyte>(Cpu.Run(op, [Cpu.Tensor<sbyte>([-3, 0, 2, 5])], 3L)));
        Assert.Equal([(sbyte)64], Cpu.Read<sbyte>(Cpu.Run(op, [Cpu.Tensor<sbyte>([100])], 3L))); // a million, wrapped
    }

    /// <summary>Every binade, both signs, and what is not a number: of the function that the exponent has for itself, and of another exponent's.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(-1)]
    [InlineData(-2)]
    [InlineData(0.5)]
    [InlineData(-0.5)]
    [InlineData(1.5)]
    public void Pow_WholeRange_IsWithinItsBound(double exponent)
    {
        float[] x = [.. Enumerable.Range(0, 400_000).Select(i => BitConverter.UInt32BitsToSingle((uint)i * 10_733)), 0f, -0f, float.PositiveInfinity, float.NegativeInfinity, float.NaN];
        var op = BinaryOp.Pow.With(ScalarSide.Right);
        float[] single = Cpu.Read<float>(Cpu.Run(op, [Cpu.Tensor(x)], exponent));
        double[] wide = Cpu.Read<double>(Cpu.Run(op, [Cpu.Tensor(x.Select(v => (double)v).ToArray())], exponent));
        for (int i = 0; i < x.Length; i++)
        {
            double expected = Math.Pow(x[i], exponent);
            bool same = Ulp.Error(single[i], expected) <= Bound(exponent) && Math.Abs(wide[i] - expected) <= Math.Abs(expected) * 1e-15 || wide[i].Equals(expected) && single[i].Equals((float)expected);
            bool signed = double.IsNaN(expected) || (float.IsNegative(single[i]) == double.IsNegative(expected) && double.IsNegative(wide[i]) == double.IsNegative(expected));
            Assert.True(same && signed, $"{x[i]:R} to the power {exponent} is {single[i]:R} and {wide[i]:R}, not {expected:R}");
        }
    }

    /// <summary>In units in the last place of float32: what a product of three, a squared quotient and the quotient by a root round more than once.</summary>
    internal static double Bound(double exponent) => exponent switch { 3 or -0.5 => 1.5, -2 => 2.5, _ => 0.51 };

    [Fact]
    public void Pow_OfIntegers_HasNoRootsNorQuotients()
    {
        var op = BinaryOp.Pow.With(ScalarSide.Right);
        DeviceTensor[] numbers = [Cpu.Tensor<long>([-2, -1, 0, 1, 5])];
        Assert.Equal([1L, 1, 1, 1, 1], Cpu.Read<long>(Cpu.Run(op, numbers, 0L)));
        Assert.Equal([-2L, -1, 0, 1, 5], Cpu.Read<long>(Cpu.Run(op, numbers, 1L)));
        Assert.Equal([0L, -1, 0, 1, 0], Cpu.Read<long>(Cpu.Run(op, numbers, -1L)));
        Assert.Equal([0L, 1, 0, 1, 0], Cpu.Read<long>(Cpu.Run(op, numbers, -2L)));
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
