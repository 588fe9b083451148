using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>Inputs, outputs, and what the graph says of the shapes of its values.</summary>
internal sealed partial class GraphBuilder
{
    /// <summary>Declared values whose sizes are left open: they are named at the end, when it is known which ones are equal.</summary>
    private readonly List<(ValueInfoProto Declared, Extent[] Extents)> _open = [];

    /// <summary>Declares an input.</summary>
    public GraphValue Input(string name, OnnxType type, Shape shape)
    {
        var value = new GraphValue(name, type, shape);
        _graph.Input.Add(Declare(value));
        return value;
    }

    /// <summary>Declares an input that takes numbers which come from shapes: how many is known, whatever the sizes.</summary>
    public GraphValue SizeInput(string name, int count)
    {
        _graph.Input.Add(Describe(name, OnnxType.Int64, [count]));
        return new(name, OnnxType.Int64, count == 1 ? [Extent.One] : [Extent.Of(count)]);
    }

    /// <summary>Declares a value to be an output.</summary>
    public void Output(GraphValue value) => _graph.Output.Add(Declare(value));

    public static ValueInfoProto Describe(string name, OnnxType type, Shape shape)
    {
        var sizes = new TensorShapeProto();
        foreach (long size in shape.AsSpan())
            sizes.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = size });
        return new() { Name = name, Type = new() { TensorType = new() { ElemType = (int)type, Shape = sizes } } };
    }

    private ValueInfoProto Declare(GraphValue value)
    {
        if (!sizes.AreOpen)
            return Describe(value.Name, value.Type, value.Shape);
        var declared = Describe(value.Name, value.Type, Shape.Scalar);
        _open.Add((declared, value.Extents));
        return declared;
    }

    private void NameOpenSizes()
    {
        var names = new Dictionary<Extent, string>();
        foreach (var (declared, extents) in _open)
        {
            foreach (var extent in extents)
            {
                var dimension = new TensorShapeProto.Types.Dimension();
                if (extent.IsLiteral)
                    dimension.DimValue = 1;
                else if (names.TryGetValue(extent.Root, out var name))
                    dimension.DimParam = name;
                else
                    names.Add(extent.Root, dimension.DimParam = $"n{names.Count}");
                declared.Type.TensorType.Shape.Dim.Add(dimension);
            }
        }

        _open.Clear();
    }
}
