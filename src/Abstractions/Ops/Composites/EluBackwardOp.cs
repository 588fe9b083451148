namespace Nabla;

/// <summary>
/// The gradient of <see cref="EluOp"/>: g * scale * (1 where x &gt; 0, else alpha * inputScale * e^(inputScale x)). Inputs: gradient g, x.
/// Scalars: alpha, scale, inputScale.
/// </summary>
public sealed record EluBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("elu_backward");

    private EluBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static EluBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars, 3);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, x) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        double alpha = scalars[0].ToDouble(), scale = scalars[1].ToDouble(), inputScale = scalars[2].ToDouble();
        var below = ops.Emit(BinaryOp.Le, x, 0);
        var bent = ops.Mul(ops.Emit(UnaryOp.Exp, ops.Mul(EluOp.Negative(ops, below, x), inputScale)), alpha * scale * inputScale);
        outputs[0] = ops.Cast(ops.Mul(g, ops.Where(below, bent, ops.Full(scale, ops.DTypeOf(x)))), ops.DTypeOf(inputs[0]));
    }
}
