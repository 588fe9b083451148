namespace Nabla;

/// <summary>Who named a range.</summary>
public enum RangeKind
{
    /// <summary>The program, by <see cref="Profiler.Range"/>.</summary>
    User,

    /// <summary>The engine: a composite operation that runs as its parts.</summary>
    Composite,

    /// <summary>The engine: a backward pass, or a node of one.</summary>
    Backward,

    /// <summary>The engine: a device that records runs what it has recorded.</summary>
    Evaluation,
}
