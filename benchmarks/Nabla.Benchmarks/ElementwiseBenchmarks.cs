using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>Functions of every element, in float32: what a call costs, what the caches give, and what memory gives.</summary>
public class ElementwiseBenchmarks : DeviceBenchmark
{
    private Tensor _a = null!, _b = null!;

    [Params(1_000, 100_000, 10_000_000)]
    public int Elements { get; set; }

    protected override void Setup()
    {
        (_a, _b) = (Tensor.Randn(Elements), Tensor.Randn(Elements));
        Finish(_a, _b); // else a recording device draws the numbers again in every measurement
    }

    [Benchmark]
    public void Add()
    {
        using var sum = _a + _b;
        Finish(sum);
    }

    [Benchmark]
    public void Exp()
    {
        using var result = _a.Exp();
        Finish(result);
    }
}
