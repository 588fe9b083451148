namespace Nabla;

/// <summary>
/// y = x * Phi(x), Phi the normal distribution; or its tanh approximation,
/// 0.5 x (1 + tanh(sqrt(2/pi) (x + 0.044715 x^3))). PyTorch: <c>torch.nn.functional.gelu</c>.
/// </summary>
/// <param name="Tanh">Whether the approximation is meant.</param>
public sealed record GeluOp(bool Tanh) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("gelu");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        T inner;
        if (Tanh)
        {
            var cubic = ops.Mul(ops.Mul(ops.Mul(x, x), x), 0.044715);
            inner = ops.Emit(UnaryOp.Tanh, ops.Mul(ops.Add(x, cubic), Math.Sqrt(2 / Math.PI)));
        }
        else
        {
            inner = ops.Emit(UnaryOp.Erf, ops.Mul(x, Math.Sqrt(0.5)));
        }

        outputs[0] = ops.Cast(ops.Mul(ops.Mul(x, 0.5), ops.Add(inner, 1)), ops.DTypeOf(inputs[0]));
    }
}
