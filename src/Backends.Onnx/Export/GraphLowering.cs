namespace Nabla;

/// <summary>
/// Turns one run of a program into a graph: inputs, state, weights, nodes. Done once for each run to compare what the lowerings take from
/// shapes, and once more for the model.
/// </summary>
internal sealed class GraphLowering
{
    private readonly ExportProgram _program;
    private readonly int _run;
    private readonly ExportScalars _scalars;
    private readonly GraphValue[][] _results;

    private GraphLowering(ExportProgram program, int run, GraphBuilder graph, ExportScalars scalars)
    {
        (_program, _run, Graph, _scalars) = (program, run, graph, scalars);
        _results = new GraphValue[program.NodeCount][];
        Ends = new (int, int, int)[program.NodeCount];
    }

    public GraphBuilder Graph { get; }

    public List<GraphValue> Inputs { get; } = [];

    /// <summary>A value for each captured tensor: an input where it is state, an initializer where it is constant.</summary>
    public List<GraphValue> Captured { get; } = [];

    /// <summary>The results.</summary>
    public List<GraphValue> Outputs { get; } = [];

    /// <summary>What each captured tensor holds at the end; null for those that are only read.</summary>
    public List<GraphValue?> Finals { get; } = [];

    /// <summary>Behind the nodes, the initializers and the calls for sizes of each node of the program.</summary>
    public (int Nodes, int Initializers, int Sizes)[] Ends { get; }

    /// <summary>The values of a node of the program.</summary>
    public GraphValue[] ResultsOf(int node) => _results[node];

    /// <summary>Declares inputs, so that sizes can be read from them.</summary>
    public static List<GraphValue> Declare(GraphBuilder graph, Trace run)
    {
        var inputs = new List<GraphValue>();
        foreach (var input in run.Inputs)
            inputs.Add(graph.Input($"in{inputs.Count}", input.Spec.DType.Onnx(), input.Spec.Shape));
        return inputs;
    }

    /// <param name="program">What to lower.</param>
    /// <param name="run">As which run did it.</param>
    /// <param name="graph">Receives it.</param>
    /// <param name="inputs">What <see cref="Declare"/> returned.</param>
    /// <param name="scalars">What becomes of scalars.</param>
    /// <param name="random">The state of random numbers.</param>
    /// <param name="sizeCalls">How often sizes were asked for so far.</param>
    public static GraphLowering Lower(
        ExportProgram program, int run, GraphBuilder graph, List<GraphValue> inputs, ExportScalars scalars, RandomState random, Func<int> sizeCalls)
    {
        var lowering = new GraphLowering(program, run, graph, scalars);
        lowering.Inputs.AddRange(inputs);
        for (int i = 0; i < program.Captured.Count; i++)
        {
            var captured = program.CapturedIn(run, i);
            var (type, shape) = (captured.Tensor.DType.Onnx(), captured.Tensor.Shape);
            lowering.Captured.Add(captured.IsWritten ? graph.Input($"state{i}", type, shape) : new GraphValue($"weight{i}", type, shape));
        }

        random.Begin(graph, run);
        var refused = new List<(TraceNode Node, NablaException Why)>();
        for (int n = 0; n < program.NodeCount; n++)
        {
            lowering.LowerNode(n, refused);
            lowering.Ends[n] = (graph.Graph.Node.Count, graph.Graph.Initializer.Count, sizeCalls());
        }

        if (refused.Count > 0)
            throw Refuse(refused);
        foreach (var result in program.Run(run).Results)
            lowering.Outputs.Add(lowering.Find(result));
        for (int i = 0; i < program.Captured.Count; i++)
            lowering.Finals.Add(program.CapturedIn(run, i).Final is { } final ? lowering.Find(final) : null);
        foreach (var stream in random.Streams)
            _ = stream.Last(graph);
        return lowering;
    }

    private void LowerNode(int n, List<(TraceNode Node, NablaException Why)> refused)
    {
        var node = _program.Node(_run, n);
        _scalars.Node = n;
        var specs = Array.ConvertAll(node.Outputs, o => o.Spec);
        try
        {
            _results[n] = Lowerings.Lower(Graph, node.Op, Array.ConvertAll(node.Inputs, Find), specs, _scalars, VaryingAxes(n));
        }
        catch (Exception e) when (e is UnsupportedOpException or TracingException)
        {
            // Goes on, so that all of them can be named at once.
            refused.Add((node, (NablaException)e));
            _results[n] = Array.ConvertAll(specs, s => new GraphValue(Graph.NewName(), s.DType.Onnx(), s.Shape));
        }
    }

    private GraphValue Find(TraceValue value)
    {
        var operand = _program.Locate(_run, value);
        return operand.Kind switch
        {
            OperandKind.Input => Inputs[operand.Index],
            OperandKind.Captured => Captured[operand.Index],
            _ => _results[operand.Index][operand.Output],
        };
    }

    /// <summary>For each input of a node the dimensions, as bits, whose sizes differ from run to run.</summary>
    private uint[] VaryingAxes(int n)
    {
        var first = _program.Node(0, n).Inputs;
        var axes = new uint[first.Length];
        for (int run = 1; run < _program.RunCount; run++)
            for (int i = 0; i < axes.Length; i++)
                for (int d = 0; d < first[i].Spec.Shape.Rank; d++)
                    if (_program.Node(run, n).Inputs[i].Spec.Shape[d] != first[i].Spec.Shape[d])
                        axes[i] |= 1u << d;
        return axes;
    }

    private static NablaException Refuse(List<(TraceNode Node, NablaException Why)> refused)
    {
        var kinds = refused.GroupBy(r => (r.Node.Op.Kind.Name, r.Why.Message)).Select(group =>
            $"{group.First().Why.Message} Used at {string.Join(", ", group.Select(r => r.Node.Site.ToString()).Distinct())}.");
        string message = $"{refused.Count} operation(s) have no form in the model.{Environment.NewLine}{string.Join(Environment.NewLine, kinds)}";
        return refused.Exists(r => r.Why is UnsupportedOpException)
            ? new UnsupportedOpException("export", message, refused[0].Why)
            : new TracingException("export", message, refused[0].Why);
    }
}
