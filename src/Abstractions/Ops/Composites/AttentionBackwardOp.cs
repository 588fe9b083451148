namespace Nabla;

/// <summary>
/// The gradients of <see cref="AttentionOp"/>. Inputs: gradient g [.., n, e], q, k, v, the logarithm of the denominator [.., n, 1], delta [.., n, 1]
/// (the sum of g y over the last dimension, less the gradient of that logarithm), and the mask. Scalar: scale. Outputs: of q, k and v. With
/// weights p: v gets p^T g; scores get s = p (g v^T - delta); q gets scale s k, and k scale s^T q.
/// </summary>
/// <param name="Causal">Whether row i sees columns up to i alone.</param>
/// <param name="Masked">Whether there is a mask.</param>
public sealed record AttentionBackwardOp(bool Causal, bool Masked) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("attention_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 3;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Masked ? 7 : 6, scalars, 1);
        AttentionShapes.Check(Name, inputs[1..4], Masked ? inputs[6] : null);
        Shape kept = [.. inputs[1].Shape.AsSpan()[..^1], 1];
        if (inputs[4].Shape != kept || inputs[5].Shape != kept)
            throw new ShapeException(Name, $"the denominators {inputs[4].Shape} and delta {inputs[5].Shape} have one number a row: {kept}.");
        for (int i = 0; i < 3; i++)
            outputs[i] = inputs[1 + i];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var dtype = ops.DTypeOf(inputs[0]);
        var (g, q, k, v, total) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]), ops.Widen(inputs[2]), ops.Widen(inputs[3]), inputs[4]);
        var scores = AttentionOp.Scores(ops, q, k, scalars[0], Causal, Masked, Masked ? inputs[6] : default!);
        if (Masked)
            total = ops.Where(ops.Emit(BinaryOp.Eq, total, double.NegativeInfinity), ops.Full(0, ops.DTypeOf(total)), total);
        var weights = ops.Emit(UnaryOp.Exp, ops.Sub(scores, total));
        var ofWeights = ops.MatMul(g, ops.Transpose(v, -2, -1));
        var ofScores = ops.Mul(ops.Mul(weights, ops.Sub(ofWeights, inputs[5])), scalars[0]);
        outputs[0] = ops.Cast(ops.MatMul(ofScores, k), dtype);
        outputs[1] = ops.Cast(ops.MatMul(ops.Transpose(ofScores, -2, -1), q), dtype);
        outputs[2] = ops.Cast(ops.MatMul(ops.Transpose(weights, -2, -1), g), dtype);
    }
}
