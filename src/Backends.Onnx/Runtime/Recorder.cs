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
    public RecordedValue Read(DeviceTensor tensor) => FunctionalViews.Read(this, tensor, Own(device.Own(tensor, "read").Read()));

    /// <summary>Puts a value where a tensor shows its storage: the views' write-backs, from the outermost to the storage's own value.</summary>
    public void Write(DeviceTensor target, RecordedValue value)
    {
        var storage = device.Own(target, "write");
        value = FunctionalViews.Write(this, target, Own(storage.Read()), value);
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
}
