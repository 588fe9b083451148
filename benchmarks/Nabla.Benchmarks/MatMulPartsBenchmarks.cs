using System.Runtime.InteropServices;
using BenchmarkDotNet.Attributes;

namespace Nabla.Benchmarks;

/// <summary>
/// What a small product on the CPU device is made of: the call on tensors, view of a transposed operand included, and the kernel alone, on
/// memory. What the call takes more is the way to the kernel and back; see <see cref="CallPartsBenchmarks"/> and <see cref="FmaLimit"/> too.
/// </summary>
public unsafe class MatMulPartsBenchmarks
{
    private CpuDevice _device = null!;
    private WorkerPool _pool = null!;
    private float* _memory;
    private GemmArgs<float> _args;
    private Tensor _a = null!, _b = null!;

    [Params(64, 128)]
    public int Size { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    /// <summary>N for an operand as it is, T for one that is transposed.</summary>
    [Params("NN", "NT", "TN")]
    public string Layout { get; set; } = "NN";

    [GlobalSetup]
    public void Open()
    {
        int n = Size;
        _pool = new WorkerPool(Threads);
        _memory = (float*)NativeMemory.AlignedAlloc((nuint)(3 * n * n * sizeof(float)), 4096);
        var random = new Random(1);
        for (int i = 0; i < 3 * n * n; i++)
            _memory[i] = random.NextSingle() - 0.5f;
        _args = new GemmArgs<float>
        {
            M = n,
            N = n,
            K = n,
            A = Layout[0] == 'T' ? new(_memory, 1, n) : new(_memory, n, 1),
            B = Layout[1] == 'T' ? new(_memory + (n * n), 1, n) : new(_memory + (n * n), n, 1),
            C = new(_memory + (2 * n * n), n, 1),
        };
        _device = CpuDevice.Create(new CpuOptions { MaxThreads = Threads });
        using var scope = new Device(_device).AsDefault();
        (_a, _b) = (Tensor.Randn(n, n), Tensor.Randn(n, n));
    }

    [GlobalCleanup]
    public void Close()
    {
        NativeMemory.AlignedFree(_memory);
        _pool.Dispose();
        _device.Dispose();
    }

    [Benchmark]
    public void Kernel() => Gemm.Multiply(_pool, _args);

    [Benchmark]
    public void Call()
    {
        using var product = (Layout[0] == 'T' ? _a.Transpose(0, 1) : _a).MatMul(Layout[1] == 'T' ? _b.Transpose(0, 1) : _b);
    }
}
