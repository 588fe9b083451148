namespace Nabla.Peers;

/// <summary>Forward passes, against ONNX Runtime with the model that Nabla exports.</summary>
internal static class InferenceRows
{
    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["infer-mlp"] = Kind(row => new MlpInference(Mlp.Of(row))),
        ["infer-transformer"] = Kind(row => new TransformerInference(Transformer.Of(row))),
    };

    private static CallKind Kind(Func<Row, Inference> model) => new(
        (row, engine) => new OurInference(model(row), engine),
        (row, engine) => new OnnxInference(model(row), engine),
        _ => CallKind.Float32Tolerance);
}
