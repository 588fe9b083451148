namespace Nabla;

/// <summary>
/// y = min(max(x, min), max), of floats. Scalars: min, max, neither of them NaN, which take part as elements of the tensor's type.
/// PyTorch: <c>torch.clamp</c>, <c>torch.nn.functional.hardtanh</c>.
/// </summary>
/// <param name="Inclusive">Whether the gradient passes at the limits, too, and not where x is NaN; else (hardtanh) it is the other way round.</param>
public sealed record ClampOp(bool Inclusive) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("clamp");

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
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs) =>
        outputs[0] = ops.Emit(BinaryOp.Minimum, ops.Emit(BinaryOp.Maximum, inputs[0], scalars[0]), scalars[1]);
}
