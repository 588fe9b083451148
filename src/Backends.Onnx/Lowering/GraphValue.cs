using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// A named value of a graph under construction. The shape is that of the case at hand: lowerings decide by it, but write it into the
/// graph through <see cref="GraphBuilder.Sizes"/> alone, so that sizes may be left open.
/// </summary>
internal sealed class GraphValue
{
    public GraphValue(string name, OnnxType type, Shape shape)
        : this(name, type, Extent.Of(shape), shape)
    {
    }

    public GraphValue(string name, OnnxType type, Extent[] extents)
        : this(name, type, extents, Shape.Create([.. extents.Select(e => e.Size)]))
    {
    }

    private GraphValue(string name, OnnxType type, Extent[] extents, Shape shape) =>
        (Name, Type, Extents, Shape) = (name, type, extents, shape);

    public string Name { get; }

    public OnnxType Type { get; }

    public Shape Shape { get; }

    /// <summary>The sizes, and which of them are equal to others of the graph. Shared, never changed.</summary>
    public Extent[] Extents { get; }

    public int Rank => Extents.Length;

    public bool IsFloat => Type.IsFloat();

    public override string ToString() => $"{Name}: {Type}{Shape}";
}
