using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>The path from a line of C# to the kernel and back.</summary>
public class OverheadBenchmarks : DeviceBenchmark
{
    private const int ProfiledCalls = 1000;

    private Tensor _a = null!, _b = null!, _leaf = null!;

    protected override void Setup()
    {
        (_a, _b, _leaf) = (Tensor.From(1f), Tensor.From(2f), Tensor.From(1f, requiresGrad: true));
    }

    [Benchmark]
    public Tensor AddOneElement()
    {
        var sum = _a + _b;
        Finish(sum);
        return sum;
    }

    /// <summary>As <see cref="AddOneElement"/>, with a profiler that keeps the table and the trace of a thousand calls: the difference is what it costs.</summary>
    [Benchmark(OperationsPerInvoke = ProfiledCalls)]
    public Tensor AddOneElementProfiled()
    {
        using var profile = Profiler.Start();
        for (int i = 1; i < ProfiledCalls; i++)
            AddOneElement();
        return AddOneElement();
    }

    [Benchmark]
    public Tensor ThousandRecordedOpsWithBackward()
    {
        var x = _leaf;
        for (int i = 0; i < 1000; i++)
            x = x * _b;
        x.Backward();
        Finish(_leaf.Grad!);
        _leaf.Grad = null;
        return x;
    }
}
