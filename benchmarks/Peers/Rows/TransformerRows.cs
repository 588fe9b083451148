namespace Nabla.Peers;

/// <summary>A transformer block, forward alone and with backward.</summary>
internal static class TransformerRows
{
    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["transformer-forward"] = Kind(backward: false),
        ["transformer-backward"] = Kind(backward: true),
    };

    private static CallKind Kind(bool backward) => new(
        (row, engine) => new OurTransformer(Transformer.Of(row), engine, backward),
        (row, engine) => new PeerTransformer(Transformer.Of(row), engine, backward),
        _ => CallKind.Float32Tolerance);
}
