namespace Nabla;

/// <summary>
/// y = log(1 + e^(beta x)) / beta, and x itself where beta x exceeds the threshold. Scalars: beta, threshold.
/// PyTorch: <c>torch.nn.functional.softplus</c>.
/// </summary>
public sealed record SoftplusOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("softplus");

    private SoftplusOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static SoftplusOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 2);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        var scaled = ops.Mul(x, scalars[0]);
        // max(z, 0) + log1p(e^-|z|) cannot overflow.
        var tail = ops.Emit(UnaryOp.Log1p, ops.Emit(UnaryOp.Exp, ops.Emit(UnaryOp.Neg, ops.Emit(UnaryOp.Abs, scaled))));
        var smooth = ops.Emit(BinaryOp.Div, ops.Add(ops.Emit(BinaryOp.Maximum, scaled, 0), tail), scalars[0]);
        outputs[0] = ops.Cast(ops.Where(ops.Emit(BinaryOp.Gt, scaled, scalars[1]), x, smooth), ops.DTypeOf(inputs[0]));
    }
}
