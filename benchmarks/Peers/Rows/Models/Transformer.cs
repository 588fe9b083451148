namespace Nabla.Peers;

/// <summary>
/// A transformer block, normalized before its parts: x + attention(norm(x)), then x + feed-forward(norm(x)) with gelu and four times the width.
/// Shapes: [batch, tokens, width], [heads].
/// </summary>
internal sealed record Transformer(long Batch, long Tokens, long Width, long Heads)
{
    /// <summary>Positions of the parameters.</summary>
    public const int Norm1 = 0, AttentionIn = 2, AttentionOut = 4, Norm2 = 6, FeedIn = 8, FeedOut = 10;

    public static Transformer Of(Row row) => row.Shapes is [[var batch, var tokens, var width], [var heads]]
        ? new(batch, tokens, width, heads)
        : throw new InvalidDataException($"{row.Name}: shapes are [batch, tokens, width], [heads].");

    public long[] InputShape => [Batch, Tokens, Width];

    /// <summary>Of each parameter: weight (or scale) and bias of each part in turn.</summary>
    public long[][] ParameterShapes =>
    [
        [Width], [Width], [3 * Width, Width], [3 * Width], [Width, Width], [Width],
        [Width], [Width], [4 * Width, Width], [4 * Width], [Width, 4 * Width], [Width],
    ];

    /// <summary>The parameters, then the input.</summary>
    public IEnumerable<float[]> Draw(Source source)
    {
        foreach (long[] shape in ParameterShapes)
        {
            double bound = 1 / Math.Sqrt(shape[^1]);
            yield return source.Floats(shape, -bound, bound);
        }

        yield return source.Floats(InputShape, -1, 1);
    }
}
