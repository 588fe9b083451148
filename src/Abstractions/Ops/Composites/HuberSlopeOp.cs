namespace Nabla;

/// <summary>
/// The derivative of <see cref="HuberOp"/> by x: scale * (x - y limited to -delta .. delta). Inputs: x, y, of one shape. Scalars: delta, scale.
/// </summary>
public sealed record HuberSlopeOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("huber_slope");

    private HuberSlopeOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static HuberSlopeOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 2, "x", "y");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        double delta = scalars[0].ToDouble();
        var difference = ops.Sub(ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        var limited = ops.Emit(new ClampOp(Inclusive: true), [difference], [-delta, delta]);
        outputs[0] = ops.Cast(ops.Mul(limited, scalars[1]), ops.DTypeOf(inputs[0]));
    }
}
