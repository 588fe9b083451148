namespace Nabla;

/// <summary>
/// The gradient of <see cref="GeluOp"/>. Inputs: gradient, x.
/// </summary>
/// <param name="Tanh">Whether the approximation is meant.</param>
public sealed record GeluBackwardOp(bool Tanh) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("gelu_backward");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.GradientBeside(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (gradient, x) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        T slope;
        if (Tanh)
        {
            // y' = 0.5 (1 + t) + 0.5 x (1 - t^2) k (1 + 3 * 0.044715 x^2), with t = tanh(k (x + 0.044715 x^3)).
            double k = Math.Sqrt(2 / Math.PI);
            var square = ops.Mul(x, x);
            var t = ops.Emit(UnaryOp.Tanh, ops.Mul(ops.Mul(x, ops.Add(ops.Mul(square, 0.044715), 1)), k));
            var rise = ops.Mul(ops.Add(ops.Mul(square, 3 * 0.044715), 1), 0.5 * k);
            var bend = ops.Mul(ops.Mul(x, rise), ops.Emit(BinaryOp.Sub, 1, ops.Mul(t, t)));
            slope = ops.Add(ops.Mul(ops.Add(t, 1), 0.5), bend);
        }
        else
        {
            // y' = Phi(x) + x phi(x).
            var phi = ops.Mul(ops.Emit(UnaryOp.Exp, ops.Mul(ops.Mul(x, x), -0.5)), 1 / Math.Sqrt(2 * Math.PI));
            var distribution = ops.Mul(ops.Add(ops.Emit(UnaryOp.Erf, ops.Mul(x, Math.Sqrt(0.5))), 1), 0.5);
            slope = ops.Add(distribution, ops.Mul(x, phi));
        }

        outputs[0] = ops.Cast(ops.Mul(gradient, slope), ops.DTypeOf(inputs[0]));
    }
}
