namespace Nabla;

/// <summary>
/// The nodes that wait for their turn, the highest number first, leaves last: each is reached once, with its whole gradient. In a chain
/// only one waits at a time, and the heap is not touched.
/// </summary>
internal sealed class ReadyNodes
{
    private readonly PriorityQueue<Node, long> _others = new();
    private Node? _first; // where there is one, it comes before the others

    public void Add(Node node)
    {
        if (_first is null && _others.Count == 0)
        {
            _first = node;
            return;
        }

        if (_first is { } first && Order(node) < Order(first))
            (_first, node) = (node, first);
        _others.Enqueue(node, Order(node));
    }

    public Node? Take()
    {
        if (_first is { } node)
        {
            _first = null;
            return node;
        }

        return _others.TryDequeue(out node, out _) ? node : null;
    }

    private static long Order(Node node) => node.IsLeaf ? long.MaxValue : -node.Sequence;
}
