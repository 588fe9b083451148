namespace Nabla;

/// <summary>Every element is scalar 0, converted to the element type. PyTorch: <c>torch.full</c>.</summary>
/// <param name="DType">The element type.</param>
/// <param name="Shape">The sizes.</param>
public sealed record FullOp(DType DType, Shape Shape) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("full");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 0, scalars, 1);
        outputs[0] = new(DType, Shape);
    }
}
