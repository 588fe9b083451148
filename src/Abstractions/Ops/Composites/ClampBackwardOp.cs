namespace Nabla;

/// <summary>
/// The gradient of <see cref="ClampOp"/>: inclusive, g where min &lt;= x &lt;= max, else 0; otherwise 0 where x &lt;= min or x &gt;= max, else g. Inputs:
/// gradient g, x. Scalars: min, max.
/// </summary>
/// <param name="Inclusive">That of the operation.</param>
public sealed record ClampBackwardOp(bool Inclusive) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("clamp_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars, 2);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x) = (inputs[0], inputs[1]);
        var zero = ops.Full(0.0, ops.DTypeOf(g));
        outputs[0] = Inclusive
            ? ops.Where(ops.Emit((Op)BinaryOp.LogicalAnd, ops.Emit(BinaryOp.Ge, x, scalars[0]), ops.Emit(BinaryOp.Le, x, scalars[1])), g, zero)
            : ops.Where(ops.Emit((Op)BinaryOp.LogicalOr, ops.Emit(BinaryOp.Le, x, scalars[0]), ops.Emit(BinaryOp.Ge, x, scalars[1])), zero, g);
    }
}
