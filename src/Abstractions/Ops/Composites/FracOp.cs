namespace Nabla;

/// <summary>y = x - trunc(x), with the sign of x; of an infinity it is NaN. PyTorch: <c>torch.frac</c>.</summary>
public sealed record FracOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("frac");

    private FracOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static FracOp Instance { get; } = new();

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
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs) =>
        outputs[0] = ops.Sub(inputs[0], ops.Emit(UnaryOp.Trunc, inputs[0]));
}
