using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>float32 [4096, 1024]: sums over either dimension and over all, and what is made of them.</summary>
public class ReductionBenchmarks : DeviceBenchmark
{
    private Tensor _x = null!;

    protected override void Setup()
    {
        _x = Tensor.Randn(4096, 1024);
        Finish(_x);
    }

    [Benchmark]
    public void SumOfAll()
    {
        using var sum = _x.Sum();
        Finish(sum);
    }

    [Benchmark]
    public void SumOfColumns()
    {
        using var sums = _x.Sum(0);
        Finish(sums);
    }

    [Benchmark]
    public void SumOfRows()
    {
        using var sums = _x.Sum(1);
        Finish(sums);
    }

    [Benchmark]
    public void Softmax()
    {
        using var result = _x.Softmax(1);
        Finish(result);
    }
}
