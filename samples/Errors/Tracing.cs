namespace Nabla.Errors;

/// <summary>What cannot be recorded or exported.</summary>
internal static class Tracing
{
    public static void Run()
    {
        Report.Show("A host read inside a trace", () => OnnxExporter.Trace(x => x * x.Sum().Item<float>(), example: Tensor.Rand(3)));
        Report.Show("An operation without a lowering", () =>
        {
            using var device = new MirrorDevice();
            var mirror = new Device(device);
            OnnxExporter.Trace(x => Mirror.Apply(x, device), example: Tensor.Rand([3], device: mirror));
        });
    }
}

/// <summary>A third party's operation that ONNX does not know.</summary>
internal sealed record Mirror : PrimitiveOp
{
    private static readonly OpKind Row = OpKind.Define("mirror");

    public override OpKind Kind => Row;

    public static Tensor Apply(Tensor x, IDevice device) => FromDevice<Tensor>(Dispatch.Execute(device, new Mirror(), [Value(x)], []));

    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) => outputs[0] = inputs[0];

    private static DeviceTensor Value<T>(T tensor) where T : class, ITensor<T> => tensor.Value;

    private static T FromDevice<T>(DeviceTensor value) where T : class, ITensor<T> => T.FromDevice(value);
}
