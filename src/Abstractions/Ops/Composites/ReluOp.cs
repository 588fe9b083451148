namespace Nabla;

/// <summary>
/// y = max(x, 0); NaN stays NaN. PyTorch: <c>torch.relu</c>.
/// </summary>
public sealed record ReluOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("relu");

    private ReluOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static ReluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Numeric.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        outputs[0] = ops.Emit(BinaryOp.Maximum, inputs[0], 0);
    }
}
