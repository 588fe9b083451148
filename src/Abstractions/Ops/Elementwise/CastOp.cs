namespace Nabla;

/// <summary>
/// Converts the element type. To bool: whether it differs from zero. Float to integer truncates (the result beyond the range is not
/// determined, as in PyTorch). Between integers the low bits stay. PyTorch: <c>torch.Tensor.to</c>.
/// </summary>
/// <param name="To">The element type of the result.</param>
public sealed record CastOp(DType To) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("cast");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        outputs[0] = inputs[0] with { DType = To };
    }
}
