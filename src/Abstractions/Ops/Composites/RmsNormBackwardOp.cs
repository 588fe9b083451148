namespace Nabla;

/// <summary>
/// The gradient of <see cref="RmsNormOp"/>. Inputs: gradient g, x, rstd, and weight when affine. Outputs: the gradients of x and, when affine, of the
/// weight. With n = x rstd and h = g weight: dx = rstd (h - n mean(h n)).
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized.</param>
/// <param name="Affine">Whether a weight is given.</param>
public sealed record RmsNormBackwardOp(int Dims, bool Affine) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("rms_norm_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => Affine ? 2 : 1;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Affine ? 4 : 3, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[1];
        if (Affine)
            outputs[1] = inputs[3];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x, rstd, dtype) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]), inputs[2], ops.DTypeOf(inputs[1]));
        var n = ops.Mul(x, rstd);
        var h = Affine ? ops.Mul(g, ops.Widen(inputs[3])) : g;
        var average = ops.Emit(new MeanOp(LayerNormOp.LastAxes(ops.ShapeOf(x), Dims), KeepDim: true), ops.Mul(h, n));
        outputs[0] = ops.Cast(ops.Mul(rstd, ops.Sub(h, ops.Mul(n, average))), dtype);
        if (Affine)
            outputs[1] = ops.Cast(ops.SumTo(ops.Mul(g, n), ops.ShapeOf(inputs[3])), ops.DTypeOf(inputs[3]));
    }
}
