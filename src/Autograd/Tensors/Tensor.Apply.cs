using System.Runtime.CompilerServices;

namespace Nabla;

public sealed partial class Tensor
{
    /// <summary>Applies an operation with one output. Element types must fit: promotion happens above.</summary>
    internal static Tensor Apply(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars)
    {
        Tensor output = null!;
        Apply(op, inputs, scalars, new Span<Tensor>(ref output));
        return output;
    }

    /// <summary>Applies an operation, and records it where gradients are on and an input asks for them.</summary>
    internal static void Apply(Op op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars, Span<Tensor> outputs)
    {
        bool record = IsRecording(inputs);
        var rule = record ? GradientTable.Find(op) : null;
        if (record && rule is null && op is CompositeOp composite)
        {
            Decompose(composite, inputs, scalars, outputs);
            return;
        }

        var device = CommonDevice(op, inputs);
        DataBuffer inputBuffer = default, outputBuffer = default;
        int count = op.OutputCount;
        Span<DeviceTensor> data = inputs.Length <= DataBuffer.Length ? inputBuffer[..inputs.Length] : new DeviceTensor[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            data[i] = inputs[i].Data;
        Span<DeviceTensor> results = count <= DataBuffer.Length ? outputBuffer[..count] : new DeviceTensor[count];
        Dispatch.Execute(device, op, data, scalars, results);
        for (int i = 0; i < results.Length; i++)
            outputs[i] = new Tensor(results[i]);
        if (record)
            Record(op, rule ?? GradientTable.Require(op), inputs, data, scalars, outputs, results, device);
        foreach (var input in inputs)
            GC.KeepAlive(input); // a sweep during the call must find the handles alive
    }

    private static void Decompose(CompositeOp op, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<Scalar> scalars, Span<Tensor> outputs)
    {
        using var temporaries = TemporaryScope.Open();
        op.Decompose(new TensorOps(CommonDevice(op, inputs)), inputs, scalars, outputs);
        foreach (var output in outputs)
            temporaries.Keep(output);
    }

    /// <summary>Applies a view: shares memory where the layout allows it, else views a copy.</summary>
    internal Tensor Apply(ViewOp op, bool oneOfSeveral = false)
    {
        var view = Dispatch.View(op, Data);
        if (view is null)
            return ApplyToCopy(op);
        view.Storage.Retain();
        var own = EnsureHistory();
        var edge = own.Edge(Data);
        var root = own.Base ?? own;
        bool record = edge.Node is not null && DType.IsFloatingPoint() && GradMode;
        var history = new History(view)
        {
            Base = root,
            Generation = root.Generation,
            OneOfSeveral = oneOfSeveral,
            MadeWithoutGrad = !GradMode,
            Node = record ? OpNode.WithoutSaved(op, [new(Data.Spec, edge)], view.Spec) : null,
        };
        return new Tensor(view, history);
    }

    private Tensor ApplyToCopy(ViewOp op)
    {
        using var temporaries = TemporaryScope.Open();
        return temporaries.Keep(Clone().Apply(op));
    }

    private static bool GradMode => Ambient.Current?.GradMode ?? true;

    /// <summary>Whether what is computed from this is recorded for gradients.</summary>
    internal bool IsRecorded => RequiresGrad && GradMode;

    private static bool IsRecording(ReadOnlySpan<Tensor> inputs)
    {
        foreach (var input in inputs)
            if (input.RequiresGrad)
                return GradMode;
        return false;
    }

    private static void Record(
        Op op, GradientRule rule, ReadOnlySpan<Tensor> inputs, ReadOnlySpan<DeviceTensor> data, ReadOnlySpan<Scalar> scalars, ReadOnlySpan<Tensor> outputs, ReadOnlySpan<DeviceTensor> results, IDevice device)
    {
        if (!rule.Differentiable)
            return;
        ValueBuffer buffer = default;
        Span<GraphValue> values = inputs.Length <= ValueBuffer.Length ? buffer[..inputs.Length] : new GraphValue[inputs.Length];
        for (int i = 0; i < inputs.Length; i++)
            values[i] = new(data[i].Spec, inputs[i].GradEdge);
        var node = OpNode.Record(op, rule, values, scalars, results, device);
        node.Save(rule.Mask(op, values), data, results);
        for (int i = 0; i < results.Length; i++)
            if (results[i].DType.IsFloatingPoint())
                (outputs[i]._place, outputs[i]._output) = (node, i);
    }

    /// <summary>The device of the inputs; the default one when there are none.</summary>
    private static IDevice CommonDevice(Op op, ReadOnlySpan<Tensor> inputs)
    {
        if (inputs.IsEmpty)
            return DefaultDevice.Resolve(null);
        var device = inputs[0]._data.Device;
        for (int i = 1; i < inputs.Length; i++)
        {
            var other = inputs[i]._data.Device;
            if (other != device && !(device.Traits.HostMemory && other.Traits.HostMemory))
                throw Apart(op, device, other);
        }

        return device;
    }

    private static DeviceMismatchException Apart(Op op, IDevice device, IDevice other) =>
        new(op.Kind.Name, $"operands live on {device.Id} and {other.Id}; move one with To(device).");

    [InlineArray(Length)]
    private struct ValueBuffer
    {
        public const int Length = 4;
        private GraphValue _first;
    }

    [InlineArray(Length)]
    private struct DataBuffer
    {
        public const int Length = 8;
        private DeviceTensor _first;
    }
}
