namespace Nabla.Peers;

/// <summary>One comparison, as the manifest states it.</summary>
internal sealed record Row
{
    /// <summary>What the tables and the filter call it.</summary>
    public required string Name { get; init; }

    /// <summary>The rows that share a geometric mean.</summary>
    public required string Group { get; init; }

    /// <summary>What both sides do: a key of <see cref="RowKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of the inputs, or the sizes of a model: what the kind reads.</summary>
    public long[][] Shapes { get; init; } = [];

    /// <summary>Of the floating inputs.</summary>
    public string DType { get; init; } = "float32";

    /// <summary>The dimension of a reduction, a concatenation, and so on.</summary>
    public int Dim { get; init; }

    /// <summary>Bytes that one call must read at least.</summary>
    public long Reads { get; init; }

    /// <summary>Bytes that one call must write at least.</summary>
    public long Writes { get; init; }

    /// <summary>Floating point operations of one call, where they are what limits it.</summary>
    public long Flops { get; init; }

    /// <summary>The ratio, peer's figure by ours, that the row is to reach.</summary>
    public double? Target { get; init; }

    /// <summary>Other targets for some numbers of threads.</summary>
    public IReadOnlyDictionary<int, double> TargetOfThreads { get; init; } = new Dictionary<int, double>();

    /// <summary>The percentage of the machine's limit that the row is to reach besides.</summary>
    public double? LimitTarget { get; init; }

    /// <summary>Seconds that ours may take more than the peer, where that is the target.</summary>
    public double? Within { get; init; }

    /// <summary>The name of the row that child processes run, where they do.</summary>
    public string? Of { get; init; }

    /// <summary>The row as it is judged with so many threads.</summary>
    public Row For(int threads) => TargetOfThreads.TryGetValue(threads, out double target) ? this with { Target = target } : this;

    /// <summary>Whether the filter takes the row: a text in its group or name, or several with commas between.</summary>
    public bool Matches(string? filter) => filter is null || filter
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Any(text => $"{Group}: {Name}".Contains(text, StringComparison.OrdinalIgnoreCase));
}
