using Google.Protobuf;
using OnnxType = Nabla.TensorProto.Types.DataType;

namespace Nabla;

/// <summary>
/// A graph under construction: appends nodes, constants, inputs and outputs. The running device and the exporter both build with it.
/// </summary>
/// <param name="opset">The version of the standard's operators: 18 to 21.</param>
/// <param name="sizes">What becomes of numbers that come from shapes.</param>
/// <param name="checked">Whether errors that depend on data are looked for: see <see cref="GraphCheck"/>.</param>
internal sealed partial class GraphBuilder(int opset, ISizeSource sizes, bool @checked)
{
    /// <summary>The first opset with everything that the lowerings use.</summary>
    public const int OldestOpset = 18;

    /// <summary>The opset written by default.</summary>
    public const int DefaultOpset = 21;

    private readonly GraphProto _graph = new() { Name = "nabla" };
    private readonly List<GraphCheck> _checks = [];
    private readonly HashSet<string> _casts = [];
    private int _names;

    public int Opset { get; } = opset;

    /// <summary>Whether checks are wanted; without, an operation may leave errors to the runtime that executes the model.</summary>
    public bool Checked { get; } = @checked;

    public IReadOnlyList<GraphCheck> Checks => _checks;

    /// <summary>The graph so far: an exporter may go on from here.</summary>
    public GraphProto Graph => _graph;

    /// <summary>Appends a node that works element by element on what its inputs broadcast to.</summary>
    public GraphValue Node(string op, OnnxType type, ReadOnlySpan<GraphValue> inputs, params ReadOnlySpan<AttributeProto> attributes) =>
        Append(new(NewName(), type, Extent.Broadcast(inputs, op)), op, inputs, attributes);

    /// <summary>Appends a node with one output of a shape of its own.</summary>
    public GraphValue Node(string op, OnnxType type, Extent[] extents, ReadOnlySpan<GraphValue> inputs, params ReadOnlySpan<AttributeProto> attributes)
    {
        var result = Append(new(NewName(), type, extents), op, inputs, attributes);
        if (sizes.AreOpen)
            _graph.ValueInfo.Add(Declare(result));
        return result;
    }

    private GraphValue Append(GraphValue result, string op, ReadOnlySpan<GraphValue> inputs, ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = op, Name = result.Name };
        foreach (var input in inputs)
            node.Input.Add(input.Name);
        node.Output.Add(result.Name);
        foreach (var attribute in attributes)
            node.Attribute.Add(attribute);
        _graph.Node.Add(node);
        return result;
    }

    /// <summary>A name that no other value has.</summary>
    public string NewName() => $"v{_names++}";

    /// <summary>Looks for an error after the run; call only when <see cref="Checked"/>.</summary>
    public void Check(GraphCheck check) => _checks.Add(check);

    /// <summary>Joins what the checks saw into one output, or null when there are none.</summary>
    public GraphValue? OutputChecks()
    {
        if (_checks.Count == 0)
            return null;
        var all = _checks.Count == 1 ? _checks[0].Value : Concat([.. _checks.Select(c => c.Value)], 0);
        Output(all);
        return all;
    }

    /// <summary>The finished model.</summary>
    public ModelProto Model(int irVersion = 10)
    {
        NameOpenSizes();
        var model = new ModelProto { IrVersion = irVersion, ProducerName = "Nabla", Graph = _graph };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = Opset });
        return model;
    }

    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, S = ByteString.CopyFromUtf8(value), Type = AttributeProto.Types.AttributeType.String };

    public static AttributeProto Attribute(string name, ReadOnlySpan<int> values)
    {
        var attribute = new AttributeProto { Name = name, Type = AttributeProto.Types.AttributeType.Ints };
        foreach (int value in values)
            attribute.Ints.Add(value);
        return attribute;
    }
}
