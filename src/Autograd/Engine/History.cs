namespace Nabla;

/// <summary>
/// The autograd side of a tensor: a leaf that asks for gradients, the output of a node, or a view of something that may become either.
/// </summary>
internal sealed class History(DeviceTensor value)
{
    /// <summary>What the tensor showed when this was made: ends the chain of a view's replay.</summary>
    public DeviceTensor Value { get; } = value;

    /// <summary>The node that computed the value; null for leaves.</summary>
    public Node? Node { get; set; }

    /// <summary>Which of its outputs.</summary>
    public int Output { get; set; }

    /// <summary>The tensor of which this is a view; null when it is none.</summary>
    public History? Base { get; init; }

    /// <summary>How often an in-place write replaced <see cref="Node"/>; of a view: its base's count when <see cref="Node"/> was set.</summary>
    public int Generation { get; set; }

    /// <summary>Whether this is one of several views that one operation returned (split, unbind): such cannot be written in place.</summary>
    public bool OneOfSeveral { get; init; }

    /// <summary>Whether this is a view that was made with gradients off: a recorded write through it would be ambiguous.</summary>
    public bool MadeWithoutGrad { get; init; }

    /// <summary>Keeps the gradient of a node's output; null where it is not kept.</summary>
    public RetainedGrad? Retained { get; private set; }

    /// <summary>The leaf this is; null when it asks for no gradient.</summary>
    public LeafNode? Leaf => Node as LeafNode;

    public bool IsLeaf => Node is null or LeafNode;

    /// <summary>Keeps the gradient of the node's output from now on.</summary>
    public void RetainGrad() => (Retained = new()).Attach(new(Node, Output));

    /// <summary>Puts a node in the place of the one that computed the value before a write; a gradient that is kept is that of the value now.</summary>
    public void Replace(Edge by)
    {
        (Node, Output) = by;
        if (by.Exists)
            Retained?.Attach(by);
    }

    /// <summary>
    /// Where the gradient of the tensor goes now. A view whose base was written since replays its chain from the base's new node.
    /// </summary>
    public Edge Edge(DeviceTensor data)
    {
        if (Base is { } origin && origin.Generation != Generation)
        {
            if (origin.Node is not null)
                Replace(GraphOps.ReplayViews(origin, data));
            Generation = origin.Generation;
        }

        return new(Node, Output);
    }
}
