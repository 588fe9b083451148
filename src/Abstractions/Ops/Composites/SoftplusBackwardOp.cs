namespace Nabla;

/// <summary>
/// The gradient of <see cref="SoftplusOp"/>: g sigmoid(beta x), and g itself where beta x exceeds the threshold. Inputs: gradient g, x. Scalars: beta,
/// threshold.
/// </summary>
public sealed record SoftplusBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("softplus_backward");

    private SoftplusBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static SoftplusBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars, 2);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        var scaled = ops.Mul(x, scalars[0]);
        var smooth = ops.Mul(g, ops.Emit(UnaryOp.Sigmoid, scaled));
        outputs[0] = ops.Cast(ops.Where(ops.Emit(BinaryOp.Gt, scaled, scalars[1]), g, smooth), ops.DTypeOf(inputs[0]));
    }
}
