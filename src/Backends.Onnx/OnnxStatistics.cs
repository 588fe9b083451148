namespace Nabla;

/// <summary>What an ONNX Runtime device did so far: see <see cref="OnnxDevice.Statistics"/>. The same figures are metrics of <see cref="Telemetry.MeterName"/>.</summary>
public readonly record struct OnnxStatistics
{
    /// <summary>Graphs compiled. A training loop stops compiling after its first steps.</summary>
    public long Sessions { get; init; }

    /// <summary>Evaluations that found their graph compiled.</summary>
    public long Hits { get; init; }

    /// <summary>
    /// Those hits whose graph had not met their sizes before: the structure was lowered again to find the numbers that depend on them, at
    /// a small part of the price of compiling. A training loop stops doing this after each size of batch was there once.
    /// </summary>
    public long Resized { get; init; }

    /// <summary>Evaluations that did not.</summary>
    public long Misses { get; init; }

    /// <summary>
    /// Compiled graphs that were dropped because of <see cref="OnnxOptions.CacheLimitMegabytes"/> or <see cref="OnnxOptions.MaxSessions"/>, or to make room
    /// where memory did not suffice.
    /// </summary>
    public long Evictions { get; init; }

    /// <summary>
    /// Operations that were computed more than once, because a value was read that no earlier evaluation had kept. Views do not count.
    /// </summary>
    public long RecomputedNodes { get; init; }

    /// <summary>Evaluations.</summary>
    public long Runs { get; init; }

    /// <summary>Operations computed, views included.</summary>
    public long Nodes { get; init; }

    /// <summary>Compiled graphs that are kept now.</summary>
    public int CachedSessions { get; init; }

    /// <summary>An estimate of the memory that they take.</summary>
    public long CachedBytes { get; init; }

    /// <summary>For messages.</summary>
    public override string ToString() =>
        $"sessions {Sessions}, hits {Hits} ({Resized} at new sizes), misses {Misses}, evictions {Evictions}, recomputed nodes {RecomputedNodes}";
}
