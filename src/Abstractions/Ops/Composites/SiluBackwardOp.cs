namespace Nabla;

/// <summary>
/// The gradient of <see cref="SiluOp"/>: g s (1 + x (1 - s)), s = sigmoid(x). Inputs: gradient g, x.
/// </summary>
public sealed record SiluBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("silu_backward");

    private SiluBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static SiluBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        var s = ops.Emit(UnaryOp.Sigmoid, x);
        var slope = ops.Mul(s, ops.Add(ops.Mul(x, ops.Emit(BinaryOp.Sub, 1, s)), 1));
        outputs[0] = ops.Cast(ops.Mul(g, slope), ops.DTypeOf(inputs[0]));
    }
}
