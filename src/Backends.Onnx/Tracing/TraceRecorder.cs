namespace Nabla;

/// <summary>
/// Records one run of a function: sits in the ambient scope and sees every executed call, on any device. Values are known by the
/// storage that holds them; what is not known when it is read was captured. A write in place gives the storage another value.
/// Storages that were seen are retained until the recorder is disposed, so that no other tensor can take their place.
/// </summary>
internal sealed class TraceRecorder(Leftovers leftovers) : IInterceptor, IOps<TraceValue>, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Storage, TraceValue> _values = [];
    private readonly Dictionary<Storage, Birth> _births = [];
    private readonly Dictionary<Storage, CapturedTensor> _captured = []; // in the order of their first use
    private readonly List<TraceNode> _nodes = [];
    private readonly List<TraceValue> _inputs = [];
    private readonly Dictionary<(Op Op, TraceValue Source), TraceValue> _views = [];
    private CallSite? _site;

    /// <inheritdoc/>
    public bool DecomposeComposites => true;

    private CallSite Site => _site ??= CallSite.Here();

    /// <summary>Declares the next input: a dense tensor.</summary>
    public void Declare(DeviceTensor input)
    {
        var value = new TraceValue { Spec = input.Spec, Input = _inputs.Count };
        _inputs.Add(value);
        Know(input.Storage, value);
    }

    public void Executing(in OpCall call)
    {
        lock (_gate)
        {
            _site = null;
            for (int i = 0; i < call.Into.Length; i++)
                if (call.Into[i] is { } target)
                    BeforeWrite(call, target);
        }
    }

    public void Executed(in OpCall call, ReadOnlySpan<DeviceTensor> outputs)
    {
        lock (_gate)
        {
            _site = null;
            var inputs = new TraceValue[call.Inputs.Length];
            for (int i = 0; i < inputs.Length; i++)
                inputs[i] = Read(call.Inputs[i]);
            var results = new TraceValue[outputs.Length];
            Add(call.Op, inputs, call.Scalars, call.OutputSpecs, results);
            for (int i = 0; i < results.Length; i++)
            {
                if (call.Target(i) is { } target)
                    Write(target, results[i]);
                else
                    Born(outputs[i], results[i]);
            }
        }
    }

    public void Viewed(ViewOp op, DeviceTensor source, DeviceTensor view)
    {
        // A tensor tells by which views it came to be: they are replayed when it is read.
    }

    public void Transferred(DeviceTensor source, DeviceTensor copy)
    {
        lock (_gate)
        {
            _site = null;
            Born(copy, Read(source)); // devices mean nothing in the model
        }
    }

    public IDisposable? HostRead(DeviceTensor source) => throw new TracingException(
        "trace", $"a value {source.Spec} is read by the host at {CallSite.Here()}, so the model could not compute what depends on it; keep it a tensor (Where in place of if), or read it outside of the traced function.");

    public TensorSpec Spec(TraceValue value) => value.Spec;

    public void Emit(Op op, ReadOnlySpan<TraceValue> inputs, ReadOnlySpan<Scalar> scalars, Span<TraceValue> outputs)
    {
        bool known = op is ViewOp && _views.TryGetValue((op, inputs[0]), out outputs[0]!);
        if (known)
            return;
        var specs = new TensorSpec[inputs.Length];
        for (int i = 0; i < specs.Length; i++)
            specs[i] = inputs[i].Spec;
        var results = new TensorSpec[op.OutputCount];
        op.Infer(specs, scalars, results);
        Add(op, inputs, scalars, results, outputs);
        if (op is ViewOp)
            _views.Add((op, inputs[0]), outputs[0]);
    }

    /// <summary>The whole trace, for the function's results.</summary>
    public Trace Finish(ReadOnlySpan<DeviceTensor> results)
    {
        lock (_gate)
        {
            _site = null;
            var values = new TraceValue[results.Length];
            for (int i = 0; i < values.Length; i++)
                values[i] = Read(results[i]);
            foreach (var captured in _captured.Values)
            {
                leftovers.Hold(captured);
                if (captured.IsWritten)
                    (captured.Final, captured.After) = (_values[captured.Tensor.Storage], HostCopy.Of(captured.Tensor));
            }

            return new() { Inputs = [.. _inputs], Nodes = [.. _nodes], Captured = [.. _captured.Values], Results = values };
        }
    }

    /// <summary>Puts back what captured tensors held before; state that the run made on demand is kept at its first value.</summary>
    public void Dispose()
    {
        foreach (var captured in _captured.Values)
            captured.Before?.UploadTo(captured.Tensor);
        foreach (var storage in _values.Keys)
            if (!_births.TryGetValue(storage, out var birth) || !leftovers.TryKeep(birth))
                storage.Release();
        _values.Clear();
    }

    private void Add(Op op, ReadOnlySpan<TraceValue> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<TensorSpec> specs, Span<TraceValue> outputs)
    {
        if (op is CopyOp)
        {
            outputs[0] = inputs[0]; // values are never written, so a copy is the same
            return;
        }

        var node = new TraceNode(op, inputs.ToArray(), scalars.ToArray(), Site);
        bool isFixed = op is not RandomBitsOp && Array.TrueForAll(node.Inputs, i => i.IsFixed);
        for (int i = 0; i < specs.Length; i++)
            outputs[i] = new TraceValue { Spec = specs[i], Node = node, Output = i, IsFixed = isFixed };
        node.Outputs = outputs[..specs.Length].ToArray();
        _nodes.Add(node);
    }

    private TraceValue Read(DeviceTensor tensor) => FunctionalViews.Read(this, tensor, Whole(tensor));

    private void Write(DeviceTensor target, TraceValue value) =>
        _values[target.Storage] = FunctionalViews.Write(this, target, Whole(target), value);

    /// <summary>The value of a tensor's storage, which is captured when it is seen first.</summary>
    private TraceValue Whole(DeviceTensor tensor)
    {
        if (_values.TryGetValue(tensor.Storage, out var known))
            return known;
        if (leftovers.Find(tensor.Storage) is { IsFixed: false } birth)
            throw new TracingException(
                "trace", $"a tensor {birth.Tensor.Spec} that an earlier run of the function computed is used at {Site}; a traced function runs several times: keep what outlives it in tensors that are written in place (Copy_), and clear gradients at the start (ZeroGrad).");
        return Capture(tensor).Value;
    }

    private CapturedTensor Capture(DeviceTensor tensor)
    {
        var root = FunctionalViews.Root(tensor);
        if (!root.IsContiguous || root.Layout.Offset != 0)
            throw new TracingException("trace", $"a tensor {root.Spec} that is used at {Site} is not dense, nor says by which views it came to be; Clone() it before the function runs.");
        var value = new TraceValue { Spec = root.Spec, IsFixed = true };
        var captured = new CapturedTensor(root) { Value = value, Site = Site };
        value.Captured = captured;
        _captured.Add(root.Storage, captured);
        Know(root.Storage, value);
        return captured;
    }

    /// <summary>The last moment at which the old contents can be had.</summary>
    private void BeforeWrite(in OpCall call, DeviceTensor target)
    {
        if (!_values.ContainsKey(target.Storage) && !TryRestart(call, target))
            _ = Whole(target);
        if (_captured.TryGetValue(target.Storage, out var captured))
            captured.Before ??= HostCopy.Of(captured.Tensor);
        else if (_births.TryGetValue(target.Storage, out var birth) && birth.Before is null)
            (birth.Before, birth.IsFixed) = (HostCopy.Of(birth.Tensor), _values[target.Storage].IsFixed);
    }

    /// <summary>
    /// A sum that an earlier run began (the gradient of a leaf, made at its first backward) and that this one adds to begins at zero:
    /// that is what its absence meant then.
    /// </summary>
    private bool TryRestart(in OpCall call, DeviceTensor target)
    {
        bool begun = leftovers.Find(target.Storage) is { IsFixed: false };
        if (!begun || call.Op != BinaryOp.Add || !Aliasing.Same(call.Inputs[0], target) || target.View is not null)
            return false;
        var captured = Capture(target);
        captured.Before = HostCopy.Zeros(captured.Tensor.Spec.ByteLength);
        captured.Before.UploadTo(captured.Tensor);
        return true;
    }

    private void Born(DeviceTensor output, TraceValue value)
    {
        if (_values.ContainsKey(output.Storage))
            return;
        _births[output.Storage] = new Birth(DeviceTensor.Dense(output.Spec, output.Storage)) { IsFixed = value.IsFixed };
        Know(output.Storage, value);
    }

    private void Know(Storage storage, TraceValue value)
    {
        storage.Retain();
        _values.Add(storage, value);
    }
}
