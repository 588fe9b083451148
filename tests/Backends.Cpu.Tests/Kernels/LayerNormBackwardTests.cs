namespace Nabla.Tests.Kernels;

/// <summary>Sums over blocks of rows: what they take, and how they lie.</summary>
public sealed unsafe class LayerNormBackwardTests
{
    /// <summary>As of float16 [8, 2^27]: the sums for weight and bias are more elements than a tensor may have.</summary>
    [Theory]
    [InlineData(8, 1L << 27, 1L << 28)]
    [InlineData(1, int.MaxValue, 2L * int.MaxValue)]
    public void BlocksNest_OfLongRows_HasTheStrideOfABlock(long blocks, long n, long stride)
    {
        LayerNormBackwardKernel.BlocksNest(blocks, n, stride, sizeof(float), out var nest);
        Assert.Equal((n, blocks), (nest.Outputs, nest.Count));
        Assert.Equal((1, n, (long)sizeof(float)), (nest.KeptRank, nest.KeptSizes[0], nest.KeptStrides[0]));
        if (blocks > 1)
            Assert.Equal((1, blocks, stride * sizeof(float)), (nest.Rank, nest.Sizes[0], nest.Strides[0]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Run_OneRow_SumsWhereTheResultsGo(bool centred)
    {
        const int N = 1 << 18; // 1 MB of float32
        float[] values = [.. Enumerable.Range(0, N).Select(i => MathF.Sin(i))], ones = [.. Enumerable.Repeat(1f, N)];
        using var device = CpuDevice.Create(new CpuOptions { MemoryLimitMegabytes = !CpuCapabilities.Accelerated ? 64 : centred ? 7 : 6 }); // the tensors, and less than the sums for each block would take; in parts, more
        DeviceTensor g = Cpu.Tensor(device, values, [1, N]), x = Cpu.Tensor(device, values, [1, N]), weight = Cpu.Tensor(device, ones, [N]);
        DeviceTensor mean = Cpu.Tensor(device, [0.5f], [1, 1]), rstd = Cpu.Tensor(device, [2f], [1, 1]);
        var outputs = new DeviceTensor[centred ? 3 : 2];
        if (centred)
            Dispatch.Execute(device, new LayerNormBackwardOp(1, Affine: true), [g, x, mean, rstd, weight], default, outputs);
        else
            Dispatch.Execute(device, new RmsNormBackwardOp(1, Affine: true), [g, x, rstd, weight], default, outputs);
        var dWeight = Cpu.Read<float>(outputs[1]);
        for (int i = 0; i < N; i++)
            Assert.Equal(values[i] * ((values[i] - (centred ? 0.5f : 0)) * 2), dWeight[i], 1e-6f);
        if (centred)
            Assert.Equal(values, Cpu.Read<float>(outputs[2]));
    }
}
