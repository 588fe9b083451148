namespace Nabla.Peers;

/// <summary>A perceptron with ReLU between its layers, and batches to train it: shapes [in, hidden.., classes], [batch].</summary>
/// <param name="Sizes">Of the layers.</param>
/// <param name="Batch">Examples in a batch.</param>
internal sealed record Mlp(long[] Sizes, long Batch)
{
    /// <summary>Batches that take turns: one that is trained to no loss would compute with denormal numbers.</summary>
    public const int Batches = 8;

    public const double SgdRate = 0.01, AdamRate = 1e-3;

    public static Mlp Of(Row row) => new(row.Shapes[0], row.Shapes[1][0]);

    public long Classes => Sizes[^1];

    /// <summary>Weights [out, in] and biases [out] of each layer in turn, within 1 / sqrt(in).</summary>
    public IEnumerable<(float[] Values, long[] Shape)> Parameters(Source source)
    {
        for (int i = 1; i < Sizes.Length; i++)
        {
            double bound = 1 / Math.Sqrt(Sizes[i - 1]);
            foreach (long[] shape in new long[][] { [Sizes[i], Sizes[i - 1]], [Sizes[i]] })
                yield return (source.Floats(shape, -bound, bound), shape);
        }
    }

    /// <summary>The examples of one batch, and their classes.</summary>
    public (float[] Examples, long[] Classes) DrawBatch(Source source) =>
        (source.Floats([Batch, Sizes[0]], 0, 1), source.Fill([Batch], s => s.Next() % Classes));
}
