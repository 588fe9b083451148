namespace Nabla;

/// <summary>
/// The gradient of <see cref="LeakyReluOp"/>: g where x &gt; 0, else slope * g. Inputs: gradient g, x. Scalar: slope.
/// </summary>
public sealed record LeakyReluBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("leaky_relu_backward");

    private LeakyReluBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static LeakyReluBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars, 1);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var g = inputs[0];
        outputs[0] = ops.Where(ops.Emit(BinaryOp.Gt, inputs[1], 0), g, ops.Mul(g, scalars[0]));
    }
}
