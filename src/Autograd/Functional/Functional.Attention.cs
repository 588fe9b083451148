namespace Nabla;

public static partial class Functional
{
    /// <summary>
    /// softmax(q k^T / sqrt(d) + mask) v over the last two dimensions: q [.., n, d], k [.., m, d], v [.., m, e] give [.., n, e]. Leading
    /// dimensions broadcast. A row in which the mask keeps nothing is 0. PyTorch: <c>torch.nn.functional.scaled_dot_product_attention</c>.
    /// </summary>
    /// <param name="query">What is asked.</param>
    /// <param name="key">What is compared with.</param>
    /// <param name="value">What is averaged.</param>
    /// <param name="attnMask">Added to the scores; a bool mask keeps where it is true. Broadcasts to [.., n, m].</param>
    /// <param name="dropoutP">The probability with which a weight is dropped.</param>
    /// <param name="isCausal">Whether row i sees columns up to i alone; not together with a mask.</param>
    /// <param name="scale">The factor of the scores; by default 1 / sqrt(d).</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    public static Tensor ScaledDotProductAttention(
        Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, double dropoutP = 0, bool isCausal = false, double? scale = null)
    {
        const string Op = "scaled_dot_product_attention";
        if (query.Dim < 2 || key.Dim < 2 || value.Dim < 2)
            throw new ShapeException(Op, $"{query.Shape}, {key.Shape} and {value.Shape} have at least two dimensions each: [.., n, d], [.., m, d], [.., m, e].");
        if (isCausal && attnMask is not null)
            throw new TensorArgumentException(Op, "isCausal makes a mask of its own; pass it or attnMask.");
        double factor = scale ?? 1 / Math.Sqrt(query.Shape[^1]);

        // The weights themselves are needed to drop some, and scores for the gradient of a mask.
        if (dropoutP > 0 || attnMask is { RequiresGrad: true })
            return InParts(query, key, value, attnMask, dropoutP, isCausal, factor);
        var heads = Heads(Op, query, key, value);
        (query, key, value) = (WithHeads(query, heads), WithHeads(key, heads), WithHeads(value, heads));
        var outputs = new Tensor[2];
        ReadOnlySpan<Tensor> inputs = attnMask is null ? [query, key, value] : [query, key, value, attnMask];
        Tensor.Apply(new AttentionOp(isCausal, attnMask is not null), inputs, [factor], outputs);
        return outputs[0];
    }

    private static Tensor InParts(Tensor query, Tensor key, Tensor value, Tensor? mask, double dropoutP, bool isCausal, double scale)
    {
        var scores = query.MatMul(key.MT) * scale;
        if (isCausal)
            mask = Tensor.Ones([query.Shape[^2], key.Shape[^2]], DType.Bool, query.Device).Tril();
        if (mask is { DType: DType.Bool })
            scores = Tensor.Where(mask, scores, Constant(scores, double.NegativeInfinity));
        else if (mask is not null)
            scores = scores + mask;
        var weights = scores.Softmax(-1);
        if (mask is not null)
            weights = Tensor.Where(scores.AMax([-1], keepDim: true).Eq(double.NegativeInfinity), Constant(weights, 0), weights);
        return Dropout(weights, dropoutP).MatMul(value);
    }

    /// <summary>The sizes before the last two, broadcast.</summary>
    private static Shape Heads(string op, params ReadOnlySpan<Tensor> parts)
    {
        var heads = Shape.Scalar;
        foreach (var part in parts)
            heads = Broadcasting.Join(heads, Shape.Create(part.Shape.AsSpan()[..^2]), op);
        return heads;
    }

    private static Tensor WithHeads(Tensor x, Shape heads) => x.Shape.AsSpan()[..^2].SequenceEqual(heads.AsSpan())
        ? x
        : x.Expand([.. heads.AsSpan(), x.Shape[^2], x.Shape[^1]]);
}
