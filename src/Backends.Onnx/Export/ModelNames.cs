namespace Nabla;

/// <summary>
/// Names in the finished graph: inputs and outputs as asked for, weights and state after the module's parameters, results after the
/// operation and the module whose parameters it reads (<c>0/matmul</c>), nodes after both.
/// </summary>
internal sealed class ModelNames
{
    private readonly Dictionary<string, string> _renamed = [];
    private readonly HashSet<string> _taken = [];
    private readonly HashSet<string> _outputs = [];

    /// <summary>Gives a value its name; one that must be exactly this.</summary>
    /// <exception cref="TensorArgumentException">The name is taken.</exception>
    public void Fix(string internalName, string name)
    {
        if (!_taken.Add(name))
            throw new TensorArgumentException("export", $"two values of the model would be named '{name}'; give inputs, outputs and parameters distinct names.");
        _renamed[internalName] = name;
    }

    /// <summary>Gives a value a name like this, unless it has one.</summary>
    public string Suggest(string internalName, string name)
    {
        if (_renamed.TryGetValue(internalName, out var known))
            return known;
        string unique = name;
        for (int i = 1; !_taken.Add(unique); i++)
            unique = $"{name}_{i}";
        return _renamed[internalName] = unique;
    }

    /// <summary>Names an output: the value itself, or, where that has a name or is no node's result, another node that passes it on.</summary>
    public void Output(GraphBuilder graph, GraphValue value, string name, HashSet<string> computed)
    {
        if (!computed.Contains(value.Name) || !_outputs.Add(value.Name))
            value = graph.Unary("Identity", value);
        Fix(value.Name, name);
    }

    /// <summary>Applies the names.</summary>
    public void Apply(GraphProto graph)
    {
        foreach (var constant in graph.Initializer)
            constant.Name = Suggest(constant.Name, $"constant.{constant.Name[1..]}");
        foreach (var node in graph.Node)
        {
            for (int i = 0; i < node.Input.Count; i++)
                node.Input[i] = Suggest(node.Input[i], $"{node.OpType}.{node.Input[i]}");
            for (int i = 0; i < node.Output.Count; i++)
                node.Output[i] = Suggest(node.Output[i], $"{node.OpType}.{node.Output[i]}");
            node.Name = $"{node.OpType}:{node.Output[0]}";
        }
    }

    /// <summary>Names the results of the program's nodes, and notes in each graph node where it comes from.</summary>
    public void NameResults(ExportProgram program, GraphLowering lowering, Func<CapturedTensor, string?> nameOf)
    {
        int start = 0;
        for (int n = 0; n < program.NodeCount; n++)
        {
            var node = program.Node(0, n);
            var (results, end) = (lowering.ResultsOf(n), lowering.Ends[n].Nodes);
            string name = Module(node, nameOf) is { Length: > 0 } module ? $"{module}/{node.Op.Kind.Name}" : node.Op.Kind.Name;
            var own = lowering.Graph.Graph.Node.Skip(start).Take(end - start).ToList();
            var produced = own.SelectMany(o => o.Output).ToHashSet();
            foreach (var result in results)
                if (produced.Contains(result.Name))
                    _ = Suggest(result.Name, name);
            foreach (var part in own)
            {
                part.DocString = $"{node.Op.Kind.Name} at {node.Site.Brief}";
                foreach (var output in part.Output)
                    _ = Suggest(output, $"{name}/{part.OpType}");
            }

            start = end;
        }
    }

    /// <summary>The module that an operation belongs to: that of the first named tensor it reads, directly or through views.</summary>
    private static string? Module(TraceNode node, Func<CapturedTensor, string?> nameOf)
    {
        foreach (var input in node.Inputs)
        {
            var value = input;
            while (value.Node is { Op: ViewOp } view)
                value = view.Inputs[0];
            if (value.Captured is { } captured && nameOf(captured) is { } name && name.LastIndexOf('.') is > 0 and var dot)
                return name[..dot];
        }

        return null;
    }
}
