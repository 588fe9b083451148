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
        int count = op.OutputCount;
        Span<TensorSpec> inputSpecs = inputs.Length <= SpecBuffer.Length ? inputBuffer[..inputs.Length] : new TensorSpec[inputs.Length];
        Span<TensorSpec> specs = count <= SpecBuffer.Length ? outputBuffer[..count] : new TensorSpec[count];
        for (int i = 0; i < inputs.Length; i++)
            inputSpecs[i] = inputs[i].Spec;
        op.Infer(inputSpecs, scalars, specs);
        if (!into.IsEmpty)
            WriteTargets.Check(op, inputs, specs, into);
        var interceptor = Ambient.Current?.Interceptor;
        if (op is not CompositeOp composite)
        {
            CheckCapability(device, op, inputSpecs, specs);
        }
        else if (interceptor is { DecomposeComposites: true } || !device.Claims(composite, inputSpecs))
        {
            ExecuteParts(device, composite, inputs, scalars, outputs, into, interceptor);
            return;
        }

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
        var dtype = inputs.IsEmpty ? outputs[0].DType : inputs[0].DType;
        if ((device.Missing(op.Kind, dtype) ?? (op is CastOp cast ? device.Missing(op.Kind, cast.To) : null)) is { } gap)
            throw Missing(device, op, dtype, gap);
    }

    private static UnsupportedOpException Missing(IDevice device, Op op, DType dtype, Gap gap) =>
        new(op.Kind.Name, $"{device.Id} does not offer it for {dtype.Name()}: {gap.Reason}; {gap.Remedy}.");

    private static void ExecuteParts(
        IDevice device, CompositeOp op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, Span<DeviceTensor> outputs, ReadOnlySpan<DeviceTensor?> into, IInterceptor? interceptor)
    {
        if (op is StepOp { Count: > 1 } steps)
        {
            ExecuteEach(device, steps, inputs, scalars, outputs, into);
            return;
        }

        using var range = interceptor?.Range(op.Kind.Name, RangeKind.Composite);
        using var ops = new DeviceOps(device);
        ops.Run(op, inputs, scalars, outputs, into);
    }

    /// <summary>One parameter after the other: the temporaries of one are free before the next needs as many.</summary>
    private static void ExecuteEach(
        IDevice device, StepOp op, ReadOnlySpan<DeviceTensor> inputs, ReadOnlySpan<Scalar> scalars, Span<DeviceTensor> outputs, ReadOnlySpan<DeviceTensor?> into)
    {
        var one = op with { Count = 1 };
        int done = 0;
        try
        {
            for (; done < op.Count; done++)
            {
                Execute(
                    device, one, inputs.Slice(done * op.InputsEach, op.InputsEach), scalars, outputs.Slice(done * op.OutputsEach, op.OutputsEach),
                    into.IsEmpty ? default : into.Slice(done * op.OutputsEach, op.OutputsEach));
            }
        }
        catch
        {
            for (int i = 0; i < done * op.OutputsEach; i++)
                if (into.IsEmpty || into[i] is null)
                    outputs[i].Storage.Release();
            throw;
        }
    }

    [InlineArray(Length)]
    private struct SpecBuffer
    {
        public const int Length = 8;
        private TensorSpec _first;
    }
}
