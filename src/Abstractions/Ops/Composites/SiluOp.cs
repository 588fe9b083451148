namespace Nabla;

/// <summary>
/// y = x * sigmoid(x). PyTorch: <c>torch.nn.functional.silu</c>.
/// </summary>
public sealed record SiluOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("silu");

    private SiluOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static SiluOp Instance { get; } = new();

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
        outputs[0] = ops.Cast(ops.Mul(x, ops.Emit(UnaryOp.Sigmoid, x)), ops.DTypeOf(inputs[0]));
    }
}
