using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>What every call on the CPU device has: a fork and its join where two threads share it, and the view of a transposed operand.</summary>
public class CallPartsBenchmarks
{
    private readonly WorkerPool _pool = new(2);
    private readonly Tensor _matrix = Tensor.Zeros(64, 64);

    [GlobalCleanup]
    public void Close() => _pool.Dispose();

    [Benchmark]
    public void ForkAndJoin()
    {
        var body = default(Nothing);
        _pool.For(2, ref body);
    }

    [Benchmark]
    public Tensor TransposedView() => _matrix.Transpose(0, 1);

    private struct Nothing : IParallelBody
    {
        public readonly void Run(int part)
        {
        }
    }
}
