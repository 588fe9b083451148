namespace Nabla.Tests.Kernels;

/// <summary>Random numbers in one pass are those of the decomposition, bit by bit.</summary>
public sealed class RandomKernelTests
{
    private static readonly Scalar[] State = [0x1234_5678_9ABC_DEF0, (1L << 32) - 3];

    public static TheoryData<long> Counts => [0, 1, 3, 4, 5, 1023, 1024, 1025, 4 * 1024, 50_001];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Rand_IsItsDecomposition(long count)
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 })
            Check(new RandOp(dtype, [count]), State);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void Randn_IsItsDecomposition(long count)
    {
        foreach (var dtype in new[] { DType.Float32, DType.Float64, DType.Float16, DType.BFloat16 })
            Check(new RandnOp(dtype, [count]), State);
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public void RandInt_IsItsDecomposition(long count)
    {
        foreach (var (low, range) in new[] { (0L, 1L), (-3L, 7L), (long.MinValue, int.MaxValue), (long.MaxValue - 9, 10L) })
            Check(new RandIntOp([count]), [low, range, .. State]);
    }

    [Fact]
    public void Rand_IntoATransposedTensor_IsTheSame()
    {
        var op = new RandnOp(DType.Float32, [37, 61]);
        var target = Cpu.View(new PermuteOp([1, 0]), Cpu.Device.Allocate(new(DType.Float32, [61, 37])));
        Cpu.Into(target, op, [], State);
        Assert.Equal(Cpu.Read<float>(Cpu.Run(op, [], State)), Cpu.Read<float>(Cpu.Run(CopyOp.Instance, target)));
    }

    [Fact]
    public void Numbers_StayInTheirRange()
    {
        Assert.All(Cpu.Read<float>(Cpu.Run(new RandOp(DType.Float32, [200_000]), [], State)), x => Assert.InRange(x, 0, 1 - MathF.ScaleB(1, -24)));
        Assert.All(Cpu.Read<float>(Cpu.Run(new RandnOp(DType.Float32, [200_000]), [], State)), x => Assert.InRange(x, -6, 6));
    }

    private static byte[] Bits(DeviceTensor tensor)
    {
        byte[] bytes = new byte[tensor.Spec.ByteLength];
        Cpu.Device.Download(tensor, bytes);
        return bytes;
    }

    private static void Check(CompositeOp op, Scalar[] scalars)
    {
        Assert.Equal(CpuCapabilities.Accelerated, Cpu.Device.Claims(op, []));
        var expected = new DeviceTensor[1];
        using (var ops = new DeviceOps(Cpu.Device))
            ops.Run(op, [], scalars, expected, default);
        Assert.Equal(Bits(expected[0]), Bits(Cpu.Run(op, [], scalars)));
    }
}
