namespace Nabla;

/// <summary>
/// A copy of x in which the elements that <see cref="Slice"/> shows are replaced. Inputs: x, value (of the slice's shape). It is the
/// functional form of a write into a slice, and the gradient of slicing. PyTorch: <c>torch.slice_scatter</c>.
/// </summary>
/// <param name="Slice">Which elements.</param>
public sealed record SliceScatterOp(SliceOp Slice) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("slice_scatter");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 2, scalars, 0);
        Arity.SameDType(Name, inputs);
        Slice.Infer(inputs[..1], scalars, outputs[..1]);
        if (outputs[0].Shape != inputs[1].Shape)
            throw new ShapeException(Name, $"the value {inputs[1].Shape} does not have the shape of the slice, {outputs[0].Shape}.");
        outputs[0] = inputs[0];
    }
}
