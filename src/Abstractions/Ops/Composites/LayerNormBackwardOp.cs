namespace Nabla;

/// <summary>
/// The gradient of <see cref="LayerNormOp"/>. Inputs: gradient g, x, mean, rstd, and weight when affine. Outputs: the gradients of x and,
/// when affine, of weight and bias. With n = (x - mean) rstd and h = g weight: dx = rstd (h - mean(h) - n mean(h n)).
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized.</param>
/// <param name="Affine">Whether a weight is given.</param>
public sealed record LayerNormBackwardOp(int Dims, bool Affine) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("layer_norm_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => Affine ? 3 : 1;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Affine ? 5 : 4, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[1];
        if (Affine)
            outputs[1] = outputs[2] = inputs[4];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x, mean, rstd) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]), inputs[2], inputs[3]);
        var (shape, dtype) = (ops.ShapeOf(x), ops.DTypeOf(inputs[0]));
        var axes = LayerNormOp.LastAxes(shape, Dims);
        var n = ops.Mul(ops.Sub(x, mean), rstd);
        var h = Affine ? ops.Mul(g, ops.Widen(inputs[4])) : g;
        var average = new MeanOp(axes, KeepDim: true);
        var centred = ops.Sub(ops.Sub(h, ops.Emit(average, h)), ops.Mul(n, ops.Emit(average, ops.Mul(h, n))));
        outputs[0] = ops.Cast(ops.Mul(rstd, centred), dtype);
        if (!Affine)
            return;
        var normalized = ops.ShapeOf(inputs[4]);
        outputs[1] = ops.Cast(ops.SumTo(ops.Mul(g, n), normalized), dtype);
        outputs[2] = ops.Cast(ops.SumTo(g, normalized), dtype);
    }
}
