namespace Nabla;

/// <summary>Repeats dimensions of size 1, and adds dimensions in front, without copying. PyTorch: <c>torch.Tensor.expand</c>.</summary>
/// <param name="To">The sizes.</param>
public sealed record ExpandOp(Shape To) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("expand");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        var shape = inputs[0].Shape;
        int lead = To.Rank - shape.Rank;
        if (lead < 0)
            throw new ShapeException(Name, $"{shape} has more dimensions than {To}.");
        for (int d = 0; d < shape.Rank; d++)
            if (shape[d] != To[d + lead] && shape[d] != 1)
                throw new ShapeException(Name, $"{shape} does not expand to {To}: size {shape[d]} of dimension {d} is neither 1 nor {To[d + lead]}.");
        outputs[0] = inputs[0] with { Shape = To };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        Span<long> steps = stackalloc long[To.Rank];
        Broadcasting.Stretch(spec.Shape, layout.Strides, To, steps);
        viewSpec = spec with { Shape = To };
        viewLayout = layout with { Strides = Strides.Create(steps) };
        return true;
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value)
    {
        // Only an expansion that repeats nothing can be written: the engine refuses the others before.
        var shape = ops.Spec(source).Shape;
        if (shape.ElementCount != To.ElementCount)
            throw new MemoryAccessException(Name, $"a write into {To}, expanded from {shape}, would write elements more than once; copy with Clone() first.");
        return ops.Reshape(value, shape);
    }
}
