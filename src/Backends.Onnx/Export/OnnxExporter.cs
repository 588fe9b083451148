namespace Nabla;

/// <summary>
/// Exports what a function computes as an ONNX model, by running it and recording what it does: on any device, gradients and optimizer
/// steps included. PyTorch: <c>torch.onnx.export</c>.
/// </summary>
/// <remarks>
/// <para>The function runs several times: once to let it make what it makes on demand (an optimizer its moments), then at least twice, with
/// dynamic dimensions at several sizes made from the example, so that what differs is found. Tensors that it writes hold afterwards what they held before; random generators
/// have advanced. What is exported is what the function does from its second run on.</para>
/// <para>Tensors that it uses and was not given become weights, named after the module's parameters. Those that it writes become state, in
/// and out: <see cref="OnnxModel.State"/>. Random numbers do not repeat either: <c>random.key</c> and <c>random.counter</c> are state. Writes
/// into an input stay inside the model.</para>
/// </remarks>
public static class OnnxExporter
{
    private const int OldestIrVersion = 8, NewestIrVersion = 10;

    /// <summary>Exports a module's forward pass, in the mode (training or evaluation) that it is in.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="module">The module.</param>
    /// <param name="example">An input like those that the model will get: type and fixed sizes count, and values where they are indices.</param>
    /// <param name="dynamic">Names of the first dimensions, which may then differ from run to run: <c>["batch"]</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="TracingException">The function reads a value to the host, or does different things at different sizes.</exception>
    /// <exception cref="UnsupportedOpException">Operations have no form in ONNX; all are named, with the places where they are used.</exception>
    public static OnnxModel Trace<T>(IModule<T> module, T example, IReadOnlyList<string>? dynamic = null, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        return Export(xs => [module.Forward(xs[0])], [example], Names(dynamic), module.NamedState(), options, module.GetType().Name);
    }

    /// <summary>As the other overload, with dynamic dimensions anywhere.</summary>
    public static OnnxModel Trace<T>(IModule<T> module, T example, IReadOnlyList<DynamicAxis> dynamic, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(module);
        return Export(xs => [module.Forward(xs[0])], [example], Axes(dynamic), module.NamedState(), options, module.GetType().Name);
    }

    /// <summary>Exports a function of one tensor.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="function">The function; may call <c>Backward</c> and an optimizer's <c>Step</c>.</param>
    /// <param name="example">An input like those that the model will get.</param>
    /// <param name="dynamic">Names of the first dimensions, which may then differ from run to run.</param>
    /// <param name="state">Names of tensors that the function uses: <c>model.NamedState()</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="TracingException">The function reads a value to the host, or does different things at different sizes.</exception>
    /// <exception cref="UnsupportedOpException">Operations have no form in ONNX; all are named, with the places where they are used.</exception>
    public static OnnxModel Trace<T>(
        Func<T, T> function, T example, IReadOnlyList<string>? dynamic = null, IEnumerable<KeyValuePair<string, T>>? state = null, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return Export(xs => [function(xs[0])], [example], Names(dynamic), state, options, DefaultName);
    }

    /// <summary>As the other overload, with dynamic dimensions anywhere.</summary>
    public static OnnxModel Trace<T>(
        Func<T, T> function, T example, IReadOnlyList<DynamicAxis> dynamic, IEnumerable<KeyValuePair<string, T>>? state = null, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return Export(xs => [function(xs[0])], [example], Axes(dynamic), state, options, DefaultName);
    }

    /// <summary>Exports a function of several tensors with several results.</summary>
    /// <typeparam name="T">The tensor type.</typeparam>
    /// <param name="function">The function; may call <c>Backward</c> and an optimizer's <c>Step</c>.</param>
    /// <param name="examples">Inputs like those that the model will get.</param>
    /// <param name="dynamic">Names of the first dimensions of every input, which may then differ from run to run.</param>
    /// <param name="state">Names of tensors that the function uses: <c>model.NamedState()</c>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <exception cref="TracingException">The function reads a value to the host, or does different things at different sizes.</exception>
    /// <exception cref="UnsupportedOpException">Operations have no form in ONNX; all are named, with the places where they are used.</exception>
    public static OnnxModel Trace<T>(
        Func<T[], T[]> function, T[] examples, IReadOnlyList<string>? dynamic = null, IEnumerable<KeyValuePair<string, T>>? state = null, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return Export(function, examples, Names(dynamic), state, options, DefaultName);
    }

    /// <summary>As the other overload, with dynamic dimensions anywhere.</summary>
    public static OnnxModel Trace<T>(
        Func<T[], T[]> function, T[] examples, IReadOnlyList<DynamicAxis> dynamic, IEnumerable<KeyValuePair<string, T>>? state = null, OnnxExportOptions? options = null)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(function);
        return Export(function, examples, Axes(dynamic), state, options, DefaultName);
    }

    private const string DefaultName = "function";

    private delegate IReadOnlyList<DynamicAxis> AxesOf(IReadOnlyList<string> inputs, Shape[] shapes);

    private static AxesOf Names(IReadOnlyList<string>? names) => (inputs, shapes) => DynamicDimensions.Leading(names, inputs, shapes);

    private static AxesOf Axes(IReadOnlyList<DynamicAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(axes);
        return (_, _) => axes;
    }

    private static OnnxModel Export<T>(
        Func<T[], T[]> function, T[] examples, AxesOf axes, IEnumerable<KeyValuePair<string, T>>? state, OnnxExportOptions? options, string name)
        where T : class, ITensor<T>
    {
        ArgumentNullException.ThrowIfNull(examples);
        options ??= new OnnxExportOptions();
        Check(options);
        var inputs = Array.ConvertAll(examples, e => new ExampleInput(e.Value));
        var inputNames = NamesOf(options.InputNames, "input", inputs.Length);
        var dimensions = new DynamicDimensions(inputNames, Array.ConvertAll(inputs, i => i.Spec.Shape), axes(inputNames, Array.ConvertAll(inputs, i => i.Spec.Shape)));
        var runs = new TraceSession(Untyped(function), inputs).Run(dimensions.Shapes);

        var program = new ExportProgram(runs);
        var assembly = new ModelAssembly(program, dimensions, options, ByStorage(state));
        var model = assembly.Build(name, inputNames, NamesOf(options.OutputNames, "output", runs[0].Results.Length));
        if (options.Verify && Verification.IsPossible())
        {
            int last = runs.Length - 1; // sizes that no form was found from
            var after = Enumerable.Range(0, program.Captured.Count).Select(i => program.CapturedIn(last, i).After).OfType<HostCopy>();
            Verification.Run(model, runs[last], assembly.State(last), after, options.Tolerance);
            model.IsVerified = true;
        }

        return model;
    }

    /// <summary>The function on device tensors. Results get an owner more, as their handles may go before they are read.</summary>
    private static Func<DeviceTensor[], DeviceTensor[]> Untyped<T>(Func<T[], T[]> function)
        where T : class, ITensor<T> => inputs =>
    {
        var results = function(Array.ConvertAll(inputs, T.FromDevice));
        if (results is null || Array.Exists(results, r => r is null))
            throw new TracingException("trace", "the function returned null where a tensor is expected; return tensors alone (a gradient is null before the first backward).");
        var values = Array.ConvertAll(results, r => r.Value);
        foreach (var value in values)
            value.Storage.Retain();
        GC.KeepAlive(results);
        return values;
    };

    private static Dictionary<Storage, string> ByStorage<T>(IEnumerable<KeyValuePair<string, T>>? state)
        where T : class, ITensor<T>
    {
        var names = new Dictionary<Storage, string>();
        foreach (var (name, tensor) in state ?? [])
            names.TryAdd(tensor.Value.Storage, name); // a shared parameter has its first name
        return names;
    }

    private static IReadOnlyList<string> NamesOf(IReadOnlyList<string>? chosen, string kind, int count)
    {
        if (chosen is null)
            return count == 1 ? [kind] : [.. Enumerable.Range(0, count).Select(i => $"{kind}{i}")];
        return chosen.Count == count
            ? chosen
            : throw new TensorArgumentException("export", $"{chosen.Count} names are given for {count} {kind}s; name each or none.");
    }

    private static void Check(OnnxExportOptions options)
    {
        if (options.Opset is < GraphBuilder.OldestOpset or > GraphBuilder.DefaultOpset)
            throw new TensorArgumentException("export", $"opset {options.Opset} is not offered; choose {GraphBuilder.OldestOpset} to {GraphBuilder.DefaultOpset}.");
        if (options.IrVersion is < OldestIrVersion or > NewestIrVersion)
            throw new TensorArgumentException("export", $"IR version {options.IrVersion} is not offered; choose {OldestIrVersion} to {NewestIrVersion}.");
    }
}
