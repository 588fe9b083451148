namespace Nabla.Tests;

/// <summary>The divisors and multiples that the kernels find are those of Euclid's steps, to the ends of the types.</summary>
public sealed class DivisorTests
{
    [Theory]
    [InlineData(DType.UInt8)]
    [InlineData(DType.Int8)]
    [InlineData(DType.Int16)]
    [InlineData(DType.Int32)]
    [InlineData(DType.Int64)]
    public void Divisors_WholeRange_AreThoseOfTheParts(DType dtype)
    {
        var random = new Random(7);
        long[] a = Numbers(random), b = Numbers(random);
        Check(Cpu.Cast(Cpu.Tensor(a), dtype), Cpu.Cast(Cpu.Tensor(b), dtype));
        long[] few = [0, 1, -1, 2, 3, 6, -12, 55, 89, long.MinValue, long.MaxValue, int.MinValue, int.MaxValue, short.MinValue, sbyte.MinValue, 255];
        foreach (long x in few) // integers wrap as they are converted: each type meets its own ends
            Check(Cpu.Cast(Cpu.Tensor(few), dtype), Cpu.Cast(Cpu.Tensor([.. few.Select(_ => x)]), dtype));
        if (dtype == DType.Int64)
            Check(Cpu.Tensor([7540113804746346429, 4660046610375530309]), Cpu.Tensor([4660046610375530309, 7540113804746346429])); // Fibonacci: the most steps
    }

    [Fact]
    public void Divisor_OfTheMostNegativeNumber_IsPyTorchs()
    {
        var least = Cpu.Tensor([long.MinValue, long.MinValue, long.MinValue, long.MinValue]);
        Assert.Equal([-2, long.MinValue, long.MinValue, 1], Cpu.Read<long>(Cpu.Run(GcdOp.Instance, least, Cpu.Tensor([6, 0, long.MinValue, 1L]))));
    }

    private static long[] Numbers(Random random)
    {
        var numbers = new long[3000];
        for (int i = 0; i < numbers.Length; i++)
            numbers[i] = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64);
        return numbers;
    }

    private static void Check(DeviceTensor a, DeviceTensor b)
    {
        foreach (var op in new CompositeOp[] { GcdOp.Instance, LcmOp.Instance })
        {
            Assert.Equal(CpuCapabilities.Accelerated, Cpu.Device.Claims(op, [a.Spec, b.Spec]));
            using var ops = new DeviceOps(Cpu.Device);
            var parts = new DeviceTensor[1];
            ops.Run(op, [a, b], default, parts, default);
            long[] expected = Long(parts[0]), actual = Long(Cpu.Run(op, a, b)), left = Long(a), right = Long(b);
            for (int i = 0; i < expected.Length; i++)
                Assert.True(expected[i] == actual[i], $"{op} of {left[i]} and {right[i]}: {actual[i]}, in parts {expected[i]}");
        }
    }

    private static long[] Long(DeviceTensor x) => Cpu.Read<long>(x.DType == DType.Int64 ? x : Cpu.Cast(x, DType.Int64));
}
