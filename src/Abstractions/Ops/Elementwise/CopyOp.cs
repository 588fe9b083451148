namespace Nabla;

/// <summary>A dense copy; with a target in <see cref="OpCall.Into"/>, a write into it. PyTorch: <c>torch.clone</c>, <c>copy_</c>.</summary>
public sealed record CopyOp : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("copy");

    private CopyOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static CopyOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        outputs[0] = inputs[0];
    }
}
