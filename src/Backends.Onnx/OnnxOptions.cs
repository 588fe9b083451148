using System.ComponentModel.DataAnnotations;

namespace Nabla;

/// <summary>What a host configures for the ONNX Runtime devices: the section <c>Onnx</c> of the one that <c>AddNabla</c> is given.</summary>
public sealed class OnnxOptions
{
    /// <summary>The default of <see cref="CacheLimitMegabytes"/>.</summary>
    public const long DefaultCacheLimitMegabytes = 256;

    /// <summary>The default of <see cref="MaxSessions"/>.</summary>
    public const int DefaultMaxSessions = 0;

    /// <summary>The default of <see cref="MaxThreads"/>.</summary>
    public const int DefaultMaxThreads = 0;

    /// <summary>The default of <see cref="AllowSpinning"/>.</summary>
    public const bool DefaultAllowSpinning = false;

    /// <summary>The default of <see cref="MemoryLimitMegabytes"/>.</summary>
    public const long DefaultMemoryLimitMegabytes = 0;

    /// <summary>The default of <see cref="MaxPendingNodes"/>.</summary>
    public const int DefaultMaxPendingNodes = 10_000;

    /// <summary>Megabytes (2^20 bytes, estimated) of compiled graphs that are kept; those unused for longest go first.</summary>
    /// <value>256: some thousand graphs of a training step's size.</value>
    [Range(1, 1L << 20)]
    public long CacheLimitMegabytes { get; set; } = DefaultCacheLimitMegabytes;

    /// <summary>
    /// ONNX Runtime's sessions that are kept, however small; those of graphs unused for longest go first. With CUDA each holds memory of the
    /// GPU, some 180 MB and what its graph needs, which <see cref="CacheLimitMegabytes"/> does not count.
    /// </summary>
    /// <value>0: as many as <see cref="CacheLimitMegabytes"/> allows on the CPU, 16 with CUDA.</value>
    [Range(0, 1_000_000)]
    public int MaxSessions { get; set; } = DefaultMaxSessions;

    /// <summary>
    /// Threads of ONNX Runtime's pool. The pool belongs to the process: the first device decides, and no device does where another
    /// component created ONNX Runtime's environment before.
    /// </summary>
    /// <value>0: one for each core.</value>
    [Range(0, 1024)]
    public int MaxThreads { get; set; } = DefaultMaxThreads;

    /// <summary>Whether idle threads of the pool spin for a while before they sleep: faster for many small graphs, at the cost of a busy CPU.</summary>
    /// <value>false: a library does not burn its host's CPU while it waits.</value>
    public bool AllowSpinning { get; set; } = DefaultAllowSpinning;

    /// <summary>Megabytes (2^20 bytes) of tensors that may be in use; beyond them allocation throws <see cref="DeviceOutOfMemoryException"/>.</summary>
    /// <value>0: half of the memory that the process may use, so that the host keeps the rest.</value>
    [Range(0, 1L << 40)]
    public long MemoryLimitMegabytes { get; set; } = DefaultMemoryLimitMegabytes;

    /// <summary>How many recorded operations may wait beneath a value before it is evaluated unasked.</summary>
    /// <value>10,000: far above a training step, far below what a graph compiler chokes on.</value>
    [Range(1, 1_000_000)]
    public int MaxPendingNodes { get; set; } = DefaultMaxPendingNodes;

    internal long MemoryLimitBytes => MemoryLimitMegabytes > 0 ? MemoryLimitMegabytes << 20 : HostMemoryPool.DefaultLimit;

    /// <summary>Refuses what a host would refuse when it starts.</summary>
    /// <exception cref="TensorArgumentException">An option is out of its range.</exception>
    internal void Check(string operation)
    {
        if (new OnnxOptionsValidator().Validate(null, this) is { Failed: true } refused)
            throw new TensorArgumentException(
                operation,
                $"{refused.FailureMessage} Given: {nameof(CacheLimitMegabytes)} {CacheLimitMegabytes}, {nameof(MaxSessions)} {MaxSessions}, {nameof(MaxThreads)} {MaxThreads}, "
                + $"{nameof(MemoryLimitMegabytes)} {MemoryLimitMegabytes}, {nameof(MaxPendingNodes)} {MaxPendingNodes}.");
    }
}
