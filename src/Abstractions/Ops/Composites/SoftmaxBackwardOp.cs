namespace Nabla;

/// <summary>
/// The gradient of <see cref="SoftmaxOp"/>: y (g - sum(g y)). Inputs: gradient g, result y.
/// </summary>
/// <param name="Axis">The dimension; not negative.</param>
public sealed record SoftmaxBackwardOp(int Axis) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("softmax_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (g, y) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        var product = ops.Mul(g, y);
        outputs[0] = ops.Cast(ops.Sub(product, ops.Mul(y, ops.Sum(product, [Axis], keepDim: true))), ops.DTypeOf(inputs[0]));
    }
}
