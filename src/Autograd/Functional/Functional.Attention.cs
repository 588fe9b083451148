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
    /// <param name="attnMask">
    /// Added to the scores, in float32 or the element type; a bool mask keeps where it is true. Broadcasts to [.., n, m].
    /// </param>
    /// <param name="dropoutP">The probability with which a weight is dropped.</param>
    /// <param name="isCausal">Whether row i sees columns up to i alone; not together with a mask.</param>
    /// <param name="scale">The factor of the scores; by default 1 / sqrt(d).</param>
    /// <exception cref="ShapeException">The shapes do not fit.</exception>
    /// <exception cref="DTypeException">The element types differ, or are not floating point; or the mask is of another one.</exception>
    /// <exception cref="TensorArgumentException">There are both a mask and isCausal, or dropoutP does not lie between 0 and 1.</exception>
    public static Tensor ScaledDotProductAttention(
        Tensor query, Tensor key, Tensor value, Tensor? attnMask = null, double dropoutP = 0, bool isCausal = false, double? scale = null)
    {
        const string Op = "scaled_dot_product_attention";
        if (query.Dim < 2 || key.Dim < 2 || value.Dim < 2)
            throw new ShapeException(Op, $"{query.Shape}, {key.Shape} and {value.Shape} have at least two dimensions each: [.., n, d], [.., m, d], [.., m, e].");
        if (isCausal && attnMask is not null)
            throw new TensorArgumentException(Op, "isCausal makes a mask of its own; pass it or attnMask.");
        if (dropoutP is not (>= 0 and <= 1))
            throw new TensorArgumentException(Op, $"dropoutP is {dropoutP}; it lies between 0 and 1.");
        using var temporaries = TemporaryScope.Open();
        if (attnMask is { DType: DType.Float32 } && query.DType == DType.Float64)
            attnMask = attnMask.Cast(DType.Float64);
        double factor = scale ?? 1 / Math.Sqrt(query.Shape[^1]);
        var heads = Heads(Op, query, key, value);
        (query, key, value) = (WithHeads(query, heads), WithHeads(key, heads), WithHeads(value, heads));
        AttentionShapes.Check(Op, [query.Data.Spec, key.Data.Spec, value.Data.Spec], attnMask?.Data.Spec);

        // The weights themselves are needed to drop some, and scores for the gradient of a mask.
        if (dropoutP > 0 || attnMask is { RequiresGrad: true })
            return temporaries.Keep(Wide(query, q => InParts(q, key.Cast(q.DType), value.Cast(q.DType), attnMask, dropoutP, isCausal, factor)));
        var outputs = new Tensor[2];
        ReadOnlySpan<Tensor> inputs = attnMask is null ? [query, key, value] : [query, key, value, attnMask];
        Tensor.Apply(new AttentionOp(isCausal, attnMask is not null), inputs, [factor], outputs);
        return temporaries.Keep(outputs[0]);
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
        return Dropout(mask is null ? scores.Softmax(-1) : SoftmaxOfHidden(scores), dropoutP).MatMul(value);
    }

    /// <summary>
    /// The weights of rows in which there may be nothing but -infinity: those are 0. Their scores become 0 as well, since weights of NaN would
    /// make NaN of the zeros that arrive in backward.
    /// </summary>
    private static Tensor SoftmaxOfHidden(Tensor scores)
    {
        var (hidden, zero) = (scores.Eq(double.NegativeInfinity).All(-1, keepDim: true), Constant(scores, 0));
        return Tensor.Where(hidden, zero, Tensor.Where(hidden, zero, scores).Softmax(-1));
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
