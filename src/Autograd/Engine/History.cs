namespace Nabla;

/// <summary>
/// The autograd side of a tensor: a leaf that asks for gradients, the output of a node, a view of something that may become either, or a number.
/// </summary>
internal sealed class History(DeviceTensor value)
{
    private static readonly Lock Following = new(); // one for all: views follow a write seldom, and quickly

    private Node? _node;
    private int _generation;

    /// <summary>What the tensor showed when this was made: ends the chain of a view's replay.</summary>
    public DeviceTensor Value { get; } = value;

    /// <summary>The node that computed the value, or where the gradient of a leaf goes; null where no gradient is asked for.</summary>
    public Node? Node
    {
        get => _node is LeafNode { Frozen: true } ? null : _node;
        init => _node = value;
    }

    /// <summary>Which of its outputs.</summary>
    public int Output { get; set; }

    /// <summary>The tensor of which this is a view; null when it is none.</summary>
    public History? Base { get; init; }

    /// <summary>How often an in-place write replaced <see cref="Node"/>; of a view: its base's count when <see cref="Node"/> was set.</summary>
    public int Generation
    {
        get => Volatile.Read(ref _generation);
        set => Volatile.Write(ref _generation, value);
    }

    /// <summary>The C# number that became the tensor where one was asked for; what it shows until it is written in place.</summary>
    public Scalar? Number { get; init; }

    /// <summary>Whether this is one of several views that one operation returned (split, unbind): such cannot be written in place.</summary>
    public bool OneOfSeveral { get; init; }

    /// <summary>Whether this is a view that was made with gradients off: a recorded write through it would be ambiguous.</summary>
    public bool MadeWithoutGrad { get; init; }

    /// <summary>Keeps the gradient of a node's output; null where it is not kept.</summary>
    public RetainedGrad? Retained { get; private set; }

    /// <summary>The leaf this is, also one that is frozen; null when it never asked for a gradient.</summary>
    public LeafNode? Leaf => _node as LeafNode;

    /// <summary>Whether a leaf asks for gradients from now on. One that does no longer keeps what it has: its gradient, its hooks, its place in graphs.</summary>
    public void RequireGrad(bool value)
    {
        if (Leaf is { } leaf)
            leaf.Frozen = !value;
        else if (value)
            _node = new LeafNode(Value.Spec, Value.Device);
    }

    /// <summary>Keeps the gradient of the node's output from now on.</summary>
    public void RetainGrad() => (Retained = new()).Attach(new(Node, Output));

    /// <summary>Puts a node in the place of the one that computed the value before a write; a gradient that is kept is that of the value now.</summary>
    public void Replace(Edge by)
    {
        (_node, Output) = by;
        if (by.Exists)
            Retained?.Attach(by);
    }

    /// <summary>
    /// Where the gradient of the tensor goes now. A view whose base was written since replays its chain from the base's new node.
    /// </summary>
    public Edge Edge(DeviceTensor data)
    {
        if (Base is { } origin && origin.Generation != Generation)
            Follow(origin, data);
        return new(Node, Output);
    }

    /// <summary>Several threads may read a view: the first replays, and the count, which comes last, tells the others that all is in place.</summary>
    private void Follow(History origin, DeviceTensor data)
    {
        lock (Following)
        {
            if (origin.Generation == Generation)
                return;
            if (origin.Node is not null)
                Replace(GraphOps.ReplayViews(origin, data));
            Generation = origin.Generation;
        }
    }
}
