namespace Nabla;

/// <summary>The same elements in the same order with other sizes. PyTorch: <c>torch.reshape</c>, <c>view</c>.</summary>
/// <param name="To">The sizes: as many elements.</param>
public sealed record ReshapeOp(Shape To) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("reshape");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        if (inputs[0].Shape.ElementCount != To.ElementCount)
            throw new ShapeException(Name, $"{To} does not hold the {inputs[0].Shape.ElementCount} elements of {inputs[0].Shape}.");
        outputs[0] = inputs[0] with { Shape = To };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        viewSpec = spec with { Shape = To };
        var strides = ReshapeLayout.TryReshape(spec.Shape, layout.Strides, To);
        viewLayout = strides is null ? default : layout with { Strides = strides };
        return strides is not null;
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value) => ops.Reshape(value, ops.Spec(source).Shape);
}
