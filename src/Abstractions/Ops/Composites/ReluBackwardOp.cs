namespace Nabla;

/// <summary>
/// The gradient of <see cref="ReluOp"/>: 0 where y is at most 0, else g: chosen, not multiplied, so that an infinite gradient does not become NaN
/// where nothing passes; where y is NaN it passes, as in PyTorch. Inputs: gradient g, result y.
/// </summary>
public sealed record ReluBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("relu_backward");

    private ReluBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static ReluBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        outputs[0] = ops.Where(ops.Emit(BinaryOp.Le, inputs[1], 0), ops.Full(0, ops.DTypeOf(inputs[0])), inputs[0]);
    }
}
