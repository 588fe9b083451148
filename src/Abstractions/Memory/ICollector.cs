namespace Nabla;

/// <summary>The garbage collector as <see cref="Pacing"/> sees it, so that its rules can be tested without one.</summary>
internal interface ICollector
{
    /// <summary>Whether a collection ran since the last sweep: otherwise a sweep cannot find anything.</summary>
    bool CollectedSinceSweep { get; }

    /// <summary>Whether a collection of generation 2 would cost at most a fiftieth of the time since the last one.</summary>
    bool Generation2IsDue { get; }

    /// <summary>The time.</summary>
    TimeSpan Now { get; }

    /// <summary>Collects, blocking.</summary>
    void Collect(int generation);

    /// <summary>Drops what vanished owners owned.</summary>
    void Sweep();
}
