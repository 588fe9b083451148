namespace Nabla;

/// <summary>
/// y = softmax(scale q k^T + mask) v over the last two dimensions, heads before them. Inputs: q [.., n, d], k [.., m, d], v [.., m, e], and a
/// mask that broadcasts to [.., n, m]: bool, true where a score counts, or of the element type (for half types float32, too), added to the
/// scores. Scalar: scale. Outputs: y [.., n, e], and the logarithm of the softmax's denominator [.., n, 1] (float32 for half types). A row in which
/// no score counts is 0. A score that does not count is -infinity whatever it was, NaN included; its weight of 0 still multiplies v, so that NaN and
/// infinities there pass, but for what a causal row does not see: what it makes of those is not determined, as in PyTorch. PyTorch: <c>torch.nn.functional.scaled_dot_product_attention</c>.
/// </summary>
/// <param name="Causal">Whether row i sees columns up to i alone.</param>
/// <param name="Masked">Whether there is a mask.</param>
public sealed record AttentionOp(bool Causal, bool Masked) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("attention");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Masked ? 4 : 3, scalars, 1);
        AttentionShapes.Check(Name, inputs[..3], Masked ? inputs[3] : null);
        var shape = inputs[0].Shape;
        outputs[0] = inputs[0] with { Shape = [.. shape.AsSpan()[..^1], inputs[2].Shape[^1]] };
        outputs[1] = new(inputs[0].DType.Accumulator(), [.. shape.AsSpan()[..^1], 1]);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var scores = Scores(ops, inputs[0], inputs[1], scalars[0], Causal, Masked, Masked ? inputs[3] : default!);
        int last = ops.ShapeOf(scores).Rank - 1;
        var total = ops.Emit(new LogSumExpOp([last], KeepDim: true), scores);
        var weights = ops.Emit(new SoftmaxOp(last), scores);
        if (Masked)
            weights = ops.Where(ops.Emit(BinaryOp.Eq, total, double.NegativeInfinity), ops.Full(0, ops.DTypeOf(weights)), weights);
        outputs[0] = ops.Cast(ops.MatMul(weights, ops.Widen(inputs[2])), ops.DTypeOf(inputs[2]));
        outputs[1] = total;
    }

    /// <summary>scale q k^T, where it counts, plus what is added; in float32 for half types.</summary>
    internal static T Scores<T>(IOps<T> ops, T query, T key, Scalar scale, bool causal, bool masked, T mask)
    {
        var scores = ops.Mul(ops.MatMul(ops.Widen(query), ops.Transpose(ops.Widen(key), -2, -1)), scale);
        var (shape, dtype) = (ops.ShapeOf(scores), ops.DTypeOf(scores));
        if (causal)
        {
            var rows = ops.Reshape(ops.Emit(new ArangeOp(DType.Int64, shape[^2]), [], [0, 1]), [shape[^2], 1]);
            var columns = ops.Emit(new ArangeOp(DType.Int64, shape[^1]), [], [0, 1]);
            scores = ops.Where(ops.Emit((Op)BinaryOp.Ge, rows, columns), scores, ops.Full(double.NegativeInfinity, dtype));
        }

        if (!masked)
            return scores;
        return ops.DTypeOf(mask) == DType.Bool
            ? ops.Where(mask, scores, ops.Full(double.NegativeInfinity, dtype))
            : ops.Add(scores, ops.Widen(mask));
    }
}
