namespace Nabla;

/// <summary>What a function did in one run.</summary>
internal sealed class Trace
{
    public required TraceValue[] Inputs { get; init; }

    public required TraceNode[] Nodes { get; init; }

    public required CapturedTensor[] Captured { get; init; }

    public required TraceValue[] Results { get; init; }

    /// <summary>The bytes of the inputs and of the results, to compare a model with.</summary>
    public HostCopy[] InputData { get; set; } = [];

    /// <summary>See <see cref="InputData"/>.</summary>
    public HostCopy[] ResultData { get; set; } = [];

    /// <summary>The nodes that results or state depend on, in order.</summary>
    public List<TraceNode> LiveNodes()
    {
        var needed = new HashSet<TraceNode>();
        void Need(TraceValue value)
        {
            if (value.Node is { } node)
                needed.Add(node);
        }

        foreach (var result in Results)
            Need(result);
        foreach (var captured in Captured)
            if (captured.Final is { } final)
                Need(final);
        for (int i = Nodes.Length - 1; i >= 0; i--)
            if (needed.Contains(Nodes[i]))
                foreach (var input in Nodes[i].Inputs)
                    Need(input);
        return [.. Nodes.Where(needed.Contains)];
    }
}
