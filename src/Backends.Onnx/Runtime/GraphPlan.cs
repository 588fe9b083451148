namespace Nabla;

/// <summary>
/// What is to be computed for some roots: the pending nodes beneath them, each after what it reads, and the leaves, which it owns until
/// it is disposed. Built under the device's lock: values and nodes
/// carry the plan's number as a mark, which the next plan overwrites.
/// </summary>
internal sealed class GraphPlan : IDisposable
{
    private static long _count;

    private readonly long _number = Interlocked.Increment(ref _count);
    private readonly List<RecordedNode> _nodes = [];
    private readonly List<RecordedValue> _leaves = [];
    private readonly RecordedValue[] _roots;

    private GraphPlan(RecordedValue[] roots) => _roots = roots;

    public IReadOnlyList<RecordedNode> Nodes => _nodes;

    public IReadOnlyList<RecordedValue> Leaves => _leaves;

    public IReadOnlyList<RecordedValue> Roots => _roots;

    public static GraphPlan Build(RecordedValue[] roots)
    {
        var plan = new GraphPlan(roots);
        foreach (var root in roots)
            plan.Visit(root);
        return plan;
    }

    /// <summary>The canonical structure. Under the same lock as <see cref="Build"/>.</summary>
    public GraphKey Key()
    {
        var ops = new Op[_nodes.Count];
        var references = new List<int>(_nodes.Count * 3);
        for (int i = 0; i < ops.Length; i++)
        {
            ops[i] = _nodes[i].Op;
            references.Add(_nodes[i].Inputs.Length);
            foreach (var input in _nodes[i].Inputs)
                references.Add(Reference(input));
        }

        foreach (var root in _roots)
            references.Add(Reference(root));
        return new GraphKey(ops, [.. references], [.. _leaves.Select(l => l.Spec)]);
    }

    private int Reference(RecordedValue value) =>
        value.Plan == _number ? GraphKey.Leaf(value.Position) : GraphKey.Result(value.Producer!.Position, value.Output);

    public void Dispose()
    {
        foreach (var leaf in _leaves)
            leaf.Release();
        _leaves.Clear();
    }

    /// <summary>Post-order without recursion: a chain may be longer than the stack.</summary>
    private void Visit(RecordedValue root)
    {
        var open = new Stack<(RecordedNode Node, int Next)>();
        Enter(root, open);
        while (open.TryPop(out var top))
        {
            if (top.Next == top.Node.Inputs.Length)
            {
                top.Node.Position = _nodes.Count;
                _nodes.Add(top.Node);
                continue;
            }

            open.Push((top.Node, top.Next + 1));
            Enter(top.Node.Inputs[top.Next], open);
        }
    }

    private void Enter(RecordedValue value, Stack<(RecordedNode Node, int Next)> open)
    {
        if (value.Producer is { } producer)
        {
            if (producer.Plan == _number)
                return;
            producer.Plan = _number;
            open.Push((producer, 0));
            return;
        }

        if (value.Plan == _number)
            return;
        value.Plan = _number;
        value.Position = _leaves.Count;
        value.Retain();
        _leaves.Add(value);
    }
}
