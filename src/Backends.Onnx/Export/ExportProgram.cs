namespace Nabla;

/// <summary>Where an operand comes from, in terms that are the same for every run.</summary>
internal enum OperandKind
{
    Input,
    Captured,
    Node,
}

/// <summary>An operand: which input, captured tensor or node, and which of the node's outputs.</summary>
internal readonly record struct Operand(OperandKind Kind, int Index, int Output);

/// <summary>
/// The part of the traces that the results and the state depend on, the same in every run but for sizes: node <c>i</c> of one run is node
/// <c>i</c> of the others.
/// </summary>
internal sealed class ExportProgram
{
    private readonly Trace[] _runs;
    private readonly TraceNode[][] _nodes;
    private readonly List<CapturedTensor>[] _captured;
    private readonly Dictionary<TraceNode, int>[] _positions;

    public ExportProgram(Trace[] runs)
    {
        _runs = runs;
        _nodes = [.. runs.Select(r => r.LiveNodes().ToArray())];
        _positions = [.. _nodes.Select(nodes => nodes.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i))];
        _captured = [.. runs.Select((r, k) => UsedCaptures(r, _nodes[k]))];
        for (int k = 1; k < runs.Length; k++)
            Compare(k);
    }

    public int RunCount => _runs.Length;

    public int NodeCount => _nodes[0].Length;

    /// <summary>Captured tensors in the order of their first use, as the first run saw them.</summary>
    public IReadOnlyList<CapturedTensor> Captured => _captured[0];

    public Trace Run(int run) => _runs[run];

    public TraceNode Node(int run, int node) => _nodes[run][node];

    /// <summary>A captured tensor as a run saw it.</summary>
    public CapturedTensor CapturedIn(int run, int index) => _captured[run][index];

    public Operand Locate(int run, TraceValue value) => value switch
    {
        { Input: >= 0 } => new(OperandKind.Input, value.Input, 0),
        { Captured: { } captured } => new(OperandKind.Captured, _captured[run].IndexOf(captured), 0),
        _ => new(OperandKind.Node, _positions[run][value.Node!], value.Output),
    };

    /// <summary>The first generated number of each random operation, dead ones included, as the engine counts those too.</summary>
    public IEnumerable<TraceNode> RandomNodes(int run) => _runs[run].Nodes.Where(n => n.Op is RandomBitsOp);

    private static List<CapturedTensor> UsedCaptures(Trace trace, TraceNode[] nodes)
    {
        var used = new HashSet<CapturedTensor>(trace.Captured.Where(c => c.IsWritten));
        foreach (var value in nodes.SelectMany(n => n.Inputs).Concat(trace.Results))
            if (value.Captured is { } captured)
                used.Add(captured);
        foreach (var final in trace.Captured.Where(c => c.IsWritten).Select(c => c.Final!))
            if (final.Captured is { } other)
                used.Add(other);
        return [.. trace.Captured.Where(used.Contains)];
    }

    private void Compare(int run)
    {
        var (first, other) = (_nodes[0], _nodes[run]);
        for (int i = 0; i < Math.Min(first.Length, other.Length); i++)
            if (!SameNode(first[i], other[i], run))
                throw Differs(first[i], other[i]);
        if (first.Length != other.Length)
            throw Differs(first.Length > other.Length ? first[other.Length] : null, other.Length > first.Length ? other[first.Length] : null);
        if (_captured[0].Count != _captured[run].Count || _runs[0].Results.Length != _runs[run].Results.Length)
            throw Differs(null, null);
        for (int i = 0; i < _captured[0].Count; i++)
            CompareCaptured(_captured[0][i], _captured[run][i]);
        for (int i = 0; i < _runs[0].Results.Length; i++)
            if (Locate(0, _runs[0].Results[i]) != Locate(run, _runs[run].Results[i]))
                throw Differs(_runs[0].Results[i].Node, _runs[run].Results[i].Node);
    }

    private bool SameNode(TraceNode a, TraceNode b, int run)
    {
        if (a.Op.Kind != b.Op.Kind || a.Inputs.Length != b.Inputs.Length || a.Scalars.Length != b.Scalars.Length)
            return false;
        for (int i = 0; i < a.Inputs.Length; i++)
            if (Locate(0, a.Inputs[i]) != Locate(run, b.Inputs[i]))
                return false;
        for (int i = 0; i < a.Outputs.Length; i++)
            if (a.Outputs[i].Spec.DType != b.Outputs[i].Spec.DType || a.Outputs[i].Spec.Shape.Rank != b.Outputs[i].Spec.Shape.Rank)
                return false;
        return true;
    }

    /// <summary>The same tensor, or, where the function made it from host memory, equal ones.</summary>
    private static void CompareCaptured(CapturedTensor a, CapturedTensor b)
    {
        if (a.Tensor.Storage == b.Tensor.Storage)
            return;
        if (a.IsWritten || b.IsWritten || a.Tensor.Spec != b.Tensor.Spec || !a.Data!.HasSameBytes(b.Data!))
            throw new TracingException(
                "trace", $"the tensor {a.Tensor.Spec} used at {a.Site} is made from host memory in each run, and differs from run to run ({b.Tensor.Spec} in another one), so it is no constant of the model; make it an input.");
    }

    private static TracingException Differs(TraceNode? first, TraceNode? other) => new(
        "trace", $"the function does different things in different runs: {Describe(first)} in one run, {Describe(other)} in another; make what it does independent of the dynamic dimensions and of earlier runs.");

    private static string Describe(TraceNode? node) => node is null
        ? "nothing"
        : $"{node.Op.Kind.Name}({string.Join(", ", node.Inputs.Select(i => i.Spec.ToString()))}) at {node.Site}";
}
