namespace Nabla;

/// <summary>
/// Emits operations on device tensors, below autograd: runs decompositions. What it creates and does not return is released when it is
/// disposed, so that the insides of a composite never wait for the collector.
/// </summary>
public sealed class DeviceOps : IOps<DeviceTensor>, IDisposable
{
    private readonly IDevice _device;
    private readonly List<Storage> _created = [];

    /// <summary>Creates an emitter for a device.</summary>
    public DeviceOps(IDevice device) => _device = device;

    /// <inheritdoc/>
    public TensorSpec Spec(DeviceTensor value) => value.Spec;

    /// <inheritdoc/>
    public void Emit(Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, Span<DeviceTensor> outputs)
    {
        if (op is ViewOp view)
        {
            outputs[0] = Dispatch.View(view, inputs[0]) ?? Dispatch.View(view, Own(Dispatch.Execute(_device, CopyOp.Instance, inputs, default)))!;
            return;
        }

        Dispatch.Execute(_device, op, inputs, scalars, outputs);
        foreach (var output in outputs[..op.OutputCount])
            Own(output);
    }

    /// <summary>Decomposes a composite; its outputs have one owner, the caller, or are the targets.</summary>
    public void Run(CompositeOp op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, Span<DeviceTensor> outputs, ReadOnlySpan<DeviceTensor?> into)
    {
        op.Decompose(this, inputs, scalars, outputs);
        outputs = outputs[..op.OutputCount];
        if (!into.IsEmpty)
        {
            // A result that is an input itself, or a view of one, must be read before a target, which may be that input, is written.
            foreach (ref var output in outputs)
                if (!_created.Contains(output.Storage))
                    output = Own(Dispatch.Execute(_device, CopyOp.Instance, new ReadOnlySpan<DeviceTensor>(ref output), default));
        }

        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = into.IsEmpty || into[i] is not { } target ? Yield(outputs[i], outputs[..i]) : Store(outputs[i], target);
    }

    /// <summary>Releases what was created and not returned.</summary>
    public void Dispose()
    {
        foreach (var storage in _created)
            storage.Release();
        _created.Clear();
    }

    /// <summary>An output must be its own dense tensor: a decomposition may end in a view, return an input as it is, or one value twice.</summary>
    private DeviceTensor Yield(DeviceTensor value, ReadOnlySpan<DeviceTensor> earlier)
    {
        bool own = _created.Contains(value.Storage) && value.IsContiguous && value.Layout.Offset == 0;
        foreach (var other in earlier)
            own &= other.Storage != value.Storage;
        if (!own)
            return Dispatch.Execute(_device, CopyOp.Instance, new ReadOnlySpan<DeviceTensor>(ref value), default);
        value.Storage.Retain();
        return value.View is null ? value : DeviceTensor.Dense(value.Spec, value.Storage);
    }

    private DeviceTensor Store(DeviceTensor value, DeviceTensor target)
    {
        Dispatch.Execute(_device, CopyOp.Instance, new ReadOnlySpan<DeviceTensor>(ref value), default, target);
        return target;
    }

    private DeviceTensor Own(DeviceTensor tensor)
    {
        _created.Add(tensor.Storage);
        return tensor;
    }
}
