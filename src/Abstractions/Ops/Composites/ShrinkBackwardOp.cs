namespace Nabla;

/// <summary>
/// The gradient of <see cref="ShrinkOp"/>, hard or soft: 0 where |x| &lt;= lambda, else g. Inputs: gradient g, x. Scalar: lambda.
/// </summary>
public sealed record ShrinkBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("shrink_backward");

    private ShrinkBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static ShrinkBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars, 1);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs) =>
        outputs[0] = ops.Where(ShrinkOp.Near(ops, inputs[1], scalars[0]), ops.Full(0.0, ops.DTypeOf(inputs[0])), inputs[0]);
}
