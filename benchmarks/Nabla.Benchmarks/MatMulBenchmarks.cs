using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>float32 matrix products.</summary>
public class MatMulBenchmarks : DeviceBenchmark
{
    private Tensor _a = null!, _b = null!;

    [Params(64, 256, 1024, 2048)]
    public int Size { get; set; }

    protected override void Setup()
    {
        (_a, _b) = (Tensor.Randn(Size, Size), Tensor.Randn(Size, Size));
        Finish(_a, _b); // else a recording device draws the numbers again in every measurement
    }

    [Benchmark]
    public void MatMul()
    {
        using var product = _a.MatMul(_b);
        Finish(product);
    }
}
