namespace Nabla;

/// <summary>
/// y = x / sqrt(mean(x^2) + eps) * weight over the last dimensions. Scalar: eps. Inputs: x, and weight when affine. Outputs: y and rstd, the factor of
/// x (keeps the dimensions, and is float32 for half types). PyTorch: <c>torch.nn.functional.rms_norm</c>.
/// </summary>
/// <param name="Dims">How many of the last dimensions are normalized.</param>
/// <param name="Affine">Whether a weight is given.</param>
public sealed record RmsNormOp(int Dims, bool Affine) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("rms_norm");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int OutputCount => 2;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, Affine ? 2 : 1, scalars, 1);
        outputs[0] = inputs[0];
        outputs[1] = LayerNormOp.Statistic(Name, inputs, Dims);
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        var square = ops.Emit(new MeanOp(LayerNormOp.LastAxes(ops.ShapeOf(x), Dims), KeepDim: true), ops.Mul(x, x));
        var rstd = ops.Emit(UnaryOp.Rsqrt, ops.Add(square, scalars[0]));
        var y = ops.Mul(x, rstd);
        if (Affine)
            y = ops.Mul(y, ops.Widen(inputs[1]));
        outputs[0] = ops.Cast(y, ops.DTypeOf(inputs[0]));
        outputs[1] = rstd;
    }
}
