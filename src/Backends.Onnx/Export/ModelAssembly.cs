namespace Nabla;

/// <summary>Makes the model of a program: graph, names, shapes, metadata.</summary>
internal sealed class ModelAssembly
{
    private readonly ExportProgram _program;
    private readonly DynamicDimensions _dimensions;
    private readonly OnnxExportOptions _options;
    private readonly Dictionary<CapturedTensor, string> _names = [];
    private readonly IReadOnlyDictionary<Storage, string> _given;
    private readonly SizeFitting _fitting;
    private readonly RandomState _random;

    /// <param name="program">What to export.</param>
    /// <param name="dimensions">The dynamic dimensions.</param>
    /// <param name="options">How.</param>
    /// <param name="names">Names of tensors, by their storage.</param>
    public ModelAssembly(ExportProgram program, DynamicDimensions dimensions, OnnxExportOptions options, IReadOnlyDictionary<Storage, string> names)
    {
        (_program, _dimensions, _options, _given) = (program, dimensions, options, names);
        _fitting = new SizeFitting(dimensions.Assignments);
        _random = new RandomState(program);
        NameCaptured();
    }

    public OnnxModel Build(string graphName, IReadOnlyList<string> inputNames, IReadOnlyList<string> outputNames)
    {
        var scalars = new ScalarForms(_program, _fitting);
        var forms = Unification.Unify(_program, _options.Opset, _fitting, scalars, _random);
        var inputs = new List<GraphValue>();
        var sizes = new FormSizes(_dimensions, inputs, forms);
        var graph = new GraphBuilder(_options.Opset, sizes, @checked: false);
        inputs.AddRange(GraphLowering.Declare(graph, _program.Run(0)));
        var lowering = GraphLowering.Lower(_program, 0, graph, inputs, new ExportScalars(_program, 0, scalars, _random) { Sizes = sizes }, _random, () => 0);

        var names = new ModelNames();
        for (int i = 0; i < inputs.Count; i++)
            names.Fix(inputs[i].Name, inputNames[i]);
        for (int i = 0; i < lowering.Captured.Count; i++)
            names.Fix(lowering.Captured[i].Name, _names[_program.Captured[i]]);
        foreach (var stream in _random.Streams)
        {
            names.Fix(stream.Key!.Name, $"{stream.Name}.key");
            names.Fix(stream.First.Name, $"{stream.Name}.counter");
        }

        NameOutputs(graph, lowering, names, outputNames);
        names.NameResults(_program, lowering, c => _given.GetValueOrDefault(c.Tensor.Storage));
        names.Apply(graph.Graph);
        DescribeInterface(graph.Graph, lowering, inputNames, outputNames);
        return Finish(graph, graphName);
    }

    /// <summary>What the state holds at the start of a run, in the order of <see cref="OnnxModel.State"/>.</summary>
    public IEnumerable<ModelState> State(int run)
    {
        for (int i = 0; i < _program.Captured.Count; i++)
            if (_program.CapturedIn(run, i) is { Before: { } before } captured)
                yield return new ModelState(_names[_program.Captured[i]], captured.Tensor.Spec, before);
        foreach (var stream in _random.Streams)
        {
            var spec = new TensorSpec(DType.Int64, Shape.Scalar);
            yield return new ModelState($"{stream.Name}.key", spec, HostCopy.From(BitConverter.GetBytes(stream.Firsts[run].Key)));
            yield return new ModelState($"{stream.Name}.counter", spec, HostCopy.From(BitConverter.GetBytes(stream.Firsts[run].Counter)));
        }
    }

    private void NameCaptured()
    {
        int state = 0, constants = 0;
        var taken = _given.Values.ToHashSet();
        string Free(string kind, ref int count)
        {
            string name;
            do
                name = $"{kind}.{count++}";
            while (!taken.Add(name));
            return name;
        }

        foreach (var captured in _program.Captured)
            _names[captured] = _given.TryGetValue(captured.Tensor.Storage, out var name) ? name
                : captured.IsWritten ? Free("state", ref state) : Free("tensor", ref constants);
    }

    private void NameOutputs(GraphBuilder graph, GraphLowering lowering, ModelNames names, IReadOnlyList<string> outputNames)
    {
        var computed = graph.Graph.Node.SelectMany(n => n.Output).ToHashSet();
        for (int i = 0; i < lowering.Outputs.Count; i++)
            names.Output(graph, lowering.Outputs[i], outputNames[i], computed);
        for (int i = 0; i < lowering.Finals.Count; i++)
            if (lowering.Finals[i] is { } final)
                names.Output(graph, final, _names[_program.Captured[i]] + ModelState.OutputSuffix, computed);
        foreach (var stream in _random.Streams)
        {
            names.Output(graph, stream.Key!, $"{stream.Name}.key{ModelState.OutputSuffix}", computed);
            names.Output(graph, stream.Last(graph), $"{stream.Name}.counter{ModelState.OutputSuffix}", computed);
        }
    }

    /// <summary>Every input and output with its type and its sizes, the dynamic ones by name.</summary>
    private void DescribeInterface(GraphProto graph, GraphLowering lowering, IReadOnlyList<string> inputNames, IReadOnlyList<string> outputNames)
    {
        graph.Input.Clear();
        for (int i = 0; i < inputNames.Count; i++)
        {
            var input = GraphBuilder.Describe(inputNames[i], lowering.Inputs[i].Type, lowering.Inputs[i].Shape);
            for (int d = 0; d < lowering.Inputs[i].Rank; d++)
                if (_dimensions.NameOf(i, d) is { } name)
                    input.Type.TensorType.Shape.Dim[d] = new() { DimParam = name };
            graph.Input.Add(input);
        }

        for (int i = 0; i < outputNames.Count; i++)
        {
            var output = GraphBuilder.Describe(outputNames[i], lowering.Outputs[i].Type, lowering.Outputs[i].Shape);
            for (int d = 0; d < lowering.Outputs[i].Rank; d++)
                if (OutputSize(i, d) is { IsConstant: false } form)
                    output.Type.TensorType.Shape.Dim[d] = new() { DimParam = form.ToString(_dimensions.Names) };
            graph.Output.Add(output);
        }

        foreach (var state in State(0))
        {
            graph.Input.Add(GraphBuilder.Describe(state.InputName, state.DType.Onnx(), state.Shape));
            graph.Output.Add(GraphBuilder.Describe(state.OutputName, state.DType.Onnx(), state.Shape));
        }
    }

    private SizeForm OutputSize(int output, int axis)
    {
        var sizes = new long[_program.RunCount];
        for (int run = 0; run < sizes.Length; run++)
            sizes[run] = _program.Run(run).Results[output].Spec.Shape[axis];
        return _fitting.Integer(sizes) ?? throw new TracingException(
            "export", $"dimension {axis} of output {output} is {string.Join(", ", sizes)} in different runs, and no sum of products of the dynamic dimensions gives that; make the dimension that decides it fixed.");
    }

    private OnnxModel Finish(GraphBuilder graph, string graphName)
    {
        var model = graph.Model(_options.IrVersion);
        model.ProducerVersion = typeof(OnnxModel).Assembly.GetName().Version?.ToString(3) ?? "";
        model.DocString = _options.Description ?? "";
        model.Graph.Name = _options.Name ?? graphName;
        foreach (var (key, value) in _options.Metadata)
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        var weights = _program.Captured.Where(c => !c.IsWritten).Select(c => new Weight(_names[c], c.Tensor.Spec, c.Data!)).ToList();
        return new OnnxModel(model, weights, _options.ExternalDataThreshold) { State = [.. State(0)] };
    }
}
