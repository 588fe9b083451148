namespace Nabla;

/// <summary>An output of a node: where a gradient goes.</summary>
internal readonly record struct Edge(Node? Node, int Output)
{
    public bool Exists => Node is not null;
}
