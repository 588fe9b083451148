namespace Nabla;

/// <summary>What a <see cref="Profiler"/> looks at.</summary>
public sealed record ProfilerOptions
{
    /// <summary>The default of <see cref="MaxEvents"/>.</summary>
    public const int DefaultMaxEvents = 1_000_000;

    /// <summary>Whether calls are told apart by the shapes and element types of their inputs.</summary>
    /// <value>false: a row for each operation.</value>
    public bool RecordShapes { get; init; }

    /// <summary>
    /// Whether each operation is waited for, so that its time is that of the work also on a device that queues or records. The program
    /// runs slower then, and a recording device runs each operation as a graph of its own.
    /// </summary>
    /// <value>false: nothing about the program's course changes.</value>
    public bool Synchronize { get; init; }

    /// <summary>How many events are kept for the trace. The table counts those beyond it, too.</summary>
    /// <value>1,000,000: about 100 MB.</value>
    public int MaxEvents { get; init; } = DefaultMaxEvents;
}
