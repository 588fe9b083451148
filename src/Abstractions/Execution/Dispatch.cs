using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// The one choke point between the engine and devices: infers, checks the capability table, decomposes composites that the device does
/// not claim, executes, and tells the interceptor. Nothing here knows of gradients.
/// </summary>
public static class Dispatch
{
    /// <summary>Executes an operation with one output.</summary>
    public static DeviceTensor Execute(IDevice device, Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, DeviceTensor? into = null)
    {
        DeviceTensor output = null!;
        Execute(device, op, inputs, scalars, new Span<DeviceTensor>(ref output), into is null ? default : new ReadOnlySpan<DeviceTensor?>(ref into));
        return output;
    }

    /// <summary>
    /// Executes a primitive or composite. Views are not for here: see <see cref="View"/>.
    /// </summary>
    /// <param name="device">Where: the inputs' device.</param>
    /// <param name="op">What.</param>
    /// <param name="inputs">Tensors of that device.</param>
    /// <param name="scalars">The numbers beside them.</param>
    /// <param name="outputs">Receives the outputs: each with one owner, the caller, unless it is a target.</param>
    /// <param name="into">Empty, or a target or null per output.</param>
    public static void Execute(
        IDevice device, Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, Span<DeviceTensor> outputs, ReadOnlySpan<DeviceTensor?> into = default)
    {
        SpecBuffer inputBuffer = default, outputBuffer = default;
        Span<TensorSpec> inputSpecs = inputs.Length <= SpecBuffer.Length ? inputBuffer[..inputs.Length] : new TensorSpec[inputs.Length];
        Span<TensorSpec> specs = op.OutputCount <= SpecBuffer.Length ? outputBuffer[..op.OutputCount] : new TensorSpec[op.OutputCount];
        for (int i = 0; i < inputs.Length; i++)
            inputSpecs[i] = inputs[i].Spec;
        op.Infer(inputSpecs, scalars, specs);
        if (!into.IsEmpty)
            CheckTargets(op, inputs, specs, into);
        var interceptor = Ambient.Current?.Interceptor;
        if (op is CompositeOp composite && (interceptor is { DecomposeComposites: true } || !device.Claims(composite, inputSpecs)))
        {
            using var range = interceptor?.Range(op.Kind.Name, RangeKind.Composite);
            using var ops = new DeviceOps(device);
            ops.Run(composite, inputs, scalars, outputs, into);
            return;
        }

        CheckCapability(device, op, inputSpecs, specs);
        var call = new OpCall(op, inputs, scalars, specs, into);
        interceptor?.Executing(call);
        device.Execute(call, outputs);
        interceptor?.Executed(call, outputs);
    }

    /// <summary>
    /// The view of a tensor, over the same storage (no owner is added), or null when no layout expresses it and a copy is needed.
    /// </summary>
    public static DeviceTensor? View(ViewOp op, DeviceTensor source)
    {
        TensorSpec inferred = default, spec = source.Spec;
        op.Infer(new ReadOnlySpan<TensorSpec>(ref spec), default, new Span<TensorSpec>(ref inferred));
        if (!op.TryApply(spec, source.Layout, out var viewSpec, out var layout))
            return null;
        var view = new DeviceTensor(viewSpec, layout, source.Storage, new ViewChain(source, op));
        Ambient.Current?.Interceptor?.Viewed(op, source, view);
        return view;
    }

    private static void CheckCapability(IDevice device, Op op, ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<TensorSpec> outputs)
    {
        if (op is CompositeOp)
            return;
        var dtype = inputs.IsEmpty ? outputs[0].DType : inputs[0].DType;
        if ((device.Missing(op.Kind, dtype) ?? (op is CastOp cast ? device.Missing(op.Kind, cast.To) : null)) is { } gap)
            throw new UnsupportedOpException(op.Kind.Name, $"{device.Id} does not offer it for {dtype.Name()}: {gap.Reason}; {gap.Remedy}.");
    }

    private static void CheckTargets(Op op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<TensorSpec> specs, ReadOnlySpan<DeviceTensor?> into)
    {
        for (int i = 0; i < into.Length; i++)
        {
            if (into[i] is not { } target)
                continue;
            if (target.Spec != specs[i])
                throw new ShapeException(op.Kind.Name, $"the result {specs[i]} cannot be written into {target.Spec}.");
            if (target.Layout.Overlaps(target.Shape))
                throw new MemoryAccessException(op.Kind.Name, $"the target {target.Shape} with strides {target.Layout.Strides} shows elements more than once (it was expanded), so a write is not determined; Clone() it first.");
            foreach (var other in into[..i])
                if (other is not null && (Aliasing.Same(target, other) || Aliasing.OverlapPartly(target, other)))
                    throw new MemoryAccessException(op.Kind.Name, $"two results of shapes {other.Shape} and {target.Shape} would be written to the same elements; Clone() one of the targets first.");
            foreach (var input in inputs)
                if (Aliasing.OverlapPartly(target, input))
                    throw new MemoryAccessException(op.Kind.Name, $"the target {target.Shape} overlaps an input {input.Shape} in part, so the result would depend on the order of writes; Clone() one of them first.");
        }
    }

    [InlineArray(Length)]
    private struct SpecBuffer
    {
        public const int Length = 8;
        private TensorSpec _first;
    }
}
