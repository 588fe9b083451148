namespace Nabla;

/// <summary>
/// Records operations on values: as <see cref="IOps{T}"/> it replays views and write-backs. What it creates it owns until it is disposed;
/// what is to live longer is retained by others before.
/// </summary>
internal sealed class Recorder(OnnxDevice device) : IOps<RecordedValue>, IDisposable
{
    private readonly List<RecordedValue> _created = [];

    public TensorSpec Spec(RecordedValue value) => value.Spec;

    public void Emit(Op op, ReadOnlySpan<RecordedValue> inputs, ReadOnlySpan<Scalar> scalars, Span<RecordedValue> outputs)
    {
        Span<TensorSpec> specs = new TensorSpec[op.OutputCount];
        var inputSpecs = new TensorSpec[inputs.Length];
        for (int i = 0; i < inputSpecs.Length; i++)
            inputSpecs[i] = inputs[i].Spec;
        op.Infer(inputSpecs, scalars, specs);
        Record(op, inputs, scalars, specs, outputs);
    }

    /// <summary>A node, its results owned by this recorder.</summary>
    public void Record(Op op, ReadOnlySpan<RecordedValue> inputs, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<TensorSpec> specs, Span<RecordedValue> outputs)
    {
        if (op is CopyOp)
        {
            outputs[0] = inputs[0]; // values are never written, so two storages may hold one
            return;
        }

        long now = device.NextSequence();
        long oldest = now, countAt = 0;
        foreach (var input in inputs)
        {
            if (!input.IsPending)
                continue;
            oldest = Math.Min(oldest, input.Oldest);
            countAt = Math.Max(countAt, input.CountAt);
        }

        if (countAt == 0)
            countAt = oldest + device.MaxPendingNodes - 1;
        var node = new RecordedNode(op, inputs.ToArray(), scalars.ToArray(), specs.ToArray());
        for (int i = 0; i < specs.Length; i++)
            outputs[i] = Own(RecordedValue.Pending(specs[i], node, i, oldest, countAt));
        if (now >= countAt)
            device.EvaluateIfTooMany(outputs[0], now);
    }

    /// <summary>What a tensor shows: its storage's value, through its views.</summary>
    public RecordedValue Read(DeviceTensor tensor)
    {
        if (tensor.View is null)
            return Root(tensor);
        var chain = Chain(tensor);
        var value = Root(chain[0].Source);
        foreach (var step in chain)
            value = this.Emit(step.Op, value);
        return value;
    }

    /// <summary>Puts a value where a tensor shows its storage: the views' write-backs, from the outermost to the storage's own value.</summary>
    public void Write(DeviceTensor target, RecordedValue value)
    {
        var storage = device.Own(target, "write");
        var chain = Chain(target);
        var root = chain.Count == 0 ? target : chain[0].Source;
        if (chain.Count > 0)
        {
            var sources = new RecordedValue[chain.Count];
            sources[0] = Root(root);
            for (int i = 1; i < sources.Length; i++)
                sources[i] = this.Emit(chain[i - 1].Op, sources[i - 1]);
            for (int i = sources.Length - 1; i >= 0; i--)
                value = chain[i].Op.WriteBack(this, sources[i], value);
        }

        var whole = Own(storage.Read());
        if (root.Spec.Shape.ElementCount != whole.Spec.Shape.ElementCount)
        {
            // A dense tensor over the start of a larger storage.
            long count = root.Spec.Shape.ElementCount, total = whole.Spec.Shape.ElementCount;
            var flat = this.Reshape(whole, [total]);
            value = this.Emit(new SliceScatterOp(SliceOp.Along([total], 0, 0, count)), flat, this.Reshape(value, [count]));
        }

        value.Retain();
        storage.Write(value);
    }

    /// <summary>Keeps an ownership that was handed over until the recorder is disposed.</summary>
    public RecordedValue Own(RecordedValue value)
    {
        _created.Add(value);
        return value;
    }

    public void Dispose()
    {
        foreach (var value in _created)
            value.Release();
        _created.Clear();
    }

    /// <summary>The value of a tensor that is not a view: its storage's, in the sizes that the tensor says.</summary>
    private RecordedValue Root(DeviceTensor tensor)
    {
        var value = Own(device.Own(tensor, "read").Read());
        if (value.Spec == tensor.Spec)
            return value;
        var shape = tensor.Shape;
        if (value.Spec.DType != tensor.DType || !tensor.IsContiguous || tensor.Layout.Offset != 0 || shape.ElementCount > value.Spec.Shape.ElementCount)
            throw new MemoryAccessException(device.Id.Text, $"{tensor.Spec} is not a dense tensor over the start of {value.Spec}, nor says by which views it came to be.");
        if (shape.ElementCount < value.Spec.Shape.ElementCount)
        {
            value = this.Reshape(value, [value.Spec.Shape.ElementCount]);
            value = this.Emit(SliceOp.Along(value.Spec.Shape, 0, 0, shape.ElementCount), value);
        }

        return this.Reshape(value, shape);
    }

    /// <summary>The steps from the tensor that shows a whole storage to this one.</summary>
    private static List<ViewChain> Chain(DeviceTensor tensor)
    {
        List<ViewChain> steps = [];
        for (var view = tensor.View; view is not null; view = view.Source.View)
            steps.Add(view);
        steps.Reverse();
        return steps;
    }
}
