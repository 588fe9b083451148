namespace Nabla.Tests;

/// <summary>A linear layer with its activation gives the bits of the two one after the other, whichever way the product takes.</summary>
public sealed class LinearActivationTests
{
    /// <summary>Rows, columns, depth: register tiles plain and from the other side, several blocks of depth and of rows, few rows, few columns, nothing.</summary>
    private static readonly (int M, int N, int K)[] Shapes =
    [
        (64, 256, 784), (256, 64, 33), (70, 45, 40), (600, 40, 1100), (33, 130, 2100), (1, 256, 784), (3, 37, 50), (9, 70, 130), (130, 1, 64), (64, 10, 784),
        (100, 7, 300), (5, 6, 0), (1, 1, 1),
    ];

    private static readonly Op[] Activations = [ReluOp.Instance, new GeluOp(false), new GeluOp(true), SiluOp.Instance, UnaryOp.Tanh, UnaryOp.Sigmoid];

    public static TheoryData<int, bool> Cases => [.. from a in Enumerable.Range(0, Activations.Length) from wide in new[] { false, true } select (a, wide)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Activation_InOneGo_GivesTheBitsOfTwoSteps(int index, bool wide)
    {
        var activation = Activations[index];
        foreach (var (m, n, k) in Shapes)
        {
            foreach (bool transposed in new[] { false, true })
            {
                DeviceTensor x = Values(1, wide, m, k), weight = transposed ? Transposed(Values(2, wide, k, n)) : Values(2, wide, n, k), bias = Values(3, wide, n);
                foreach (DeviceTensor[] inputs in new[] { [x, weight, bias], new[] { x, weight } })
                {
                    var sums = Cpu.Run(new LinearOp(inputs.Length == 3), inputs);
                    Assert.Equal(Bits(Cpu.Run(activation, sums)), Bits(Cpu.Run(new LinearOp(inputs.Length == 3, activation), inputs)));
                }
            }
        }
    }

    [Fact]
    public void Claims_WhereTheActivationHasVectors_AndTheTypeIsNotRoundedBefore()
    {
        bool Claims(DType dtype, Op activation) => Cpu.Device.Claims(new LinearOp(false, activation), [new(dtype, [2, 3]), new(dtype, [4, 3])]);
        Assert.Equal(CpuCapabilities.Accelerated, Claims(DType.Float32, ReluOp.Instance));
        Assert.Equal(CpuCapabilities.Accelerated, Claims(DType.Float64, UnaryOp.Tanh));
        Assert.Equal(CpuCapabilities.Accelerated, Claims(DType.Float32, new GeluOp(false)));
        Assert.False(Claims(DType.BFloat16, ReluOp.Instance));
        Assert.False(Claims(DType.Int32, ReluOp.Instance));
        Assert.False(Claims(DType.Float32, new SoftmaxOp(1)));
    }

    [Fact]
    public void Relu_OfWhatIsNoNumber_StaysSo()
    {
        var x = Cpu.Tensor(Enumerable.Range(0, 40 * 20).Select(i => i == 45 ? float.NaN : i == 90 ? float.NegativeInfinity : 1f).ToArray(), 40, 20);
        float[] y = Cpu.Read<float>(Cpu.Run(new LinearOp(false, ReluOp.Instance), x, Cpu.Tensor(Enumerable.Repeat(1f, 50 * 20).ToArray(), 50, 20)));
        Assert.All(y[100..150], v => Assert.Equal(float.NaN, v));
        Assert.All(y[200..250], v => Assert.Equal(0, v));
        Assert.All(y[..100], v => Assert.Equal(20, v));
    }

    private static byte[] Bits(DeviceTensor tensor)
    {
        var bytes = new byte[tensor.Spec.ByteLength];
        Cpu.Device.Download(tensor, bytes);
        return bytes;
    }

    private static DeviceTensor Transposed(DeviceTensor matrix) => Cpu.View(new PermuteOp([1, 0]), matrix);

    private static DeviceTensor Values(int seed, bool wide, params long[] shape)
    {
        var random = new Random(seed);
        var values = Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b)).Select(_ => (float)((random.NextDouble() * 2) - 1)).ToArray();
        var tensor = Cpu.Tensor(values, shape);
        return wide ? Cpu.Cast(tensor, DType.Float64) : tensor;
    }
}
