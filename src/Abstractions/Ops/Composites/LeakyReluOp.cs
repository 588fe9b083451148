namespace Nabla;

/// <summary>
/// y = x where x &gt; 0, else slope * x. Scalar: slope. PyTorch: <c>torch.nn.functional.leaky_relu</c>.
/// </summary>
public sealed record LeakyReluOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("leaky_relu");

    private LeakyReluOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static LeakyReluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 1);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = inputs[0];
        outputs[0] = ops.Where(ops.Emit(BinaryOp.Gt, x, 0), x, ops.Mul(x, scalars[0]));
    }
}
