using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// A named value of a graph under construction. The shape is that of the case at hand: lowerings decide by it, but write it into the
/// graph through <see cref="GraphBuilder.Sizes"/> alone, so that an export may make a size dynamic.
/// </summary>
internal sealed class GraphValue(string name, OnnxType type, Shape shape)
{
    public string Name { get; } = name;

    public OnnxType Type { get; } = type;

    public Shape Shape { get; } = shape;

    public int Rank => Shape.Rank;

    public bool IsFloat => Type.IsFloat();

    public override string ToString() => $"{Name}: {Type}{Shape}";
}
