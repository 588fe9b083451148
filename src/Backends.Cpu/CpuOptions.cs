using System.ComponentModel.DataAnnotations;

namespace Nabla;

/// <summary>What a host configures for the CPU device: the section <c>Cpu</c> of the one that <c>AddNabla</c> is given.</summary>
public sealed class CpuOptions
{
    /// <summary>The default of <see cref="MaxThreads"/>.</summary>
    public const int DefaultMaxThreads = 0;

    /// <summary>The default of <see cref="MemoryLimitMegabytes"/>.</summary>
    public const long DefaultMemoryLimitMegabytes = 0;

    /// <summary>Threads that compute at once, the caller among them. Results do not depend on it, not even in the last bit.</summary>
    /// <value>0: one for each processor.</value>
    [Range(0, 1024)]
    public int MaxThreads { get; set; } = DefaultMaxThreads;

    /// <summary>Megabytes (2^20 bytes) of tensors that may be in use; beyond them allocation throws <see cref="DeviceOutOfMemoryException"/>.</summary>
    /// <value>0: half of the memory that the process may use, so that the host keeps the rest.</value>
    [Range(0, 1L << 40)]
    public long MemoryLimitMegabytes { get; set; } = DefaultMemoryLimitMegabytes;

    internal long MemoryLimitBytes => MemoryLimitMegabytes > 0 ? MemoryLimitMegabytes << 20 : HostMemoryPool.DefaultLimit;

    /// <summary>Refuses what a host would refuse when it starts.</summary>
    /// <exception cref="TensorArgumentException">An option is out of its range.</exception>
    internal void Check(string operation)
    {
        if (new CpuOptionsValidator().Validate(null, this) is { Failed: true } refused)
            throw new TensorArgumentException(operation, $"{refused.FailureMessage} Given: {nameof(MaxThreads)} {MaxThreads}, {nameof(MemoryLimitMegabytes)} {MemoryLimitMegabytes}.");
    }
}
