namespace Nabla;

/// <summary>What was measured of one operation, copy or range: a line of the profiler's table.</summary>
public sealed record ProfileRow
{
    /// <summary>The operation's name, or the range's; <c>read</c> for a value read by the host, <c>to</c> for a copy to another device.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it ran during a backward pass.</summary>
    public required bool IsBackward { get; init; }

    /// <summary>The device that executed it; of a copy, its source. Null for ranges.</summary>
    public required DeviceId? Device { get; init; }

    /// <summary>The inputs, where <see cref="ProfilerOptions.RecordShapes"/> asks for them; else empty.</summary>
    public required string Inputs { get; init; }

    /// <summary>How often.</summary>
    public required long Calls { get; init; }

    /// <summary>The time of all calls together. Views take none worth measuring.</summary>
    public required TimeSpan Total { get; init; }

    /// <summary>The time of a call.</summary>
    public TimeSpan Mean => Total / Calls;

    /// <summary>Bytes of new tensors: results that were not written into an existing one.</summary>
    public required long Allocated { get; init; }

    /// <summary>Bytes read and written: every input, as far as it is stored (an expanded element counts once), and every output.</summary>
    public required long Moved { get; init; }
}
