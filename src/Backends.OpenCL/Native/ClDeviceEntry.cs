namespace Nabla;

/// <summary>A device as its driver describes it.</summary>
internal sealed record ClDeviceEntry
{
    public required nint Platform { get; init; }

    public required nint Device { get; init; }

    public required DeviceInfo Info { get; init; }

    /// <summary>Driver, platform and hardware: a built program is good for these alone.</summary>
    public required string Identity { get; init; }

    /// <summary>Whether it computes in binary64.</summary>
    public required bool Fp64 { get; init; }

    /// <summary>Whether division and square root can be had correctly rounded.</summary>
    public required bool RoundsDivide { get; init; }

    /// <summary>Whether the compiler takes NVIDIA's options.</summary>
    public required bool NvidiaCompiler { get; init; }

    /// <summary>Whether it is a CPU: wide vectors in one work-item, no groups.</summary>
    public required bool IsCpu { get; init; }

    /// <summary>Whether its memory is the host's.</summary>
    public required bool SharesHostMemory { get; init; }

    /// <summary>How many groups run at once.</summary>
    public required int ComputeUnits { get; init; }

    /// <summary>The largest buffer.</summary>
    public required long MaxAllocation { get; init; }
}
