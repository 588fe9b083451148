namespace Nabla;

/// <summary>
/// Windows of a dimension: it becomes the number of windows, and their elements a new last dimension. Windows that share elements cannot be
/// written. PyTorch: <c>torch.Tensor.unfold</c>.
/// </summary>
/// <param name="Axis">The dimension; not negative.</param>
/// <param name="Size">How long a window is.</param>
/// <param name="Step">How far apart windows start; positive.</param>
public sealed record UnfoldOp(int Axis, long Size, long Step) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("unfold");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        var shape = inputs[0].Shape;
        if ((uint)Axis >= (uint)shape.Rank || Size < 0 || Size > shape[Axis] || Step < 1)
            throw new TensorArgumentException(Name, $"windows of {Size}, {Step} apart, do not fit dimension {Axis} of {shape}.");
        outputs[0] = inputs[0] with { Shape = View(shape) };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        viewSpec = spec with { Shape = View(spec.Shape) };
        long next = layout.Strides[Axis];
        Span<long> steps = stackalloc long[spec.Shape.Rank + 1];
        layout.Strides.AsSpan().CopyTo(steps);
        steps[Axis] = viewSpec.Shape[Axis] > 1 ? next * Step : next; // a step beyond the dimension is never taken
        steps[^1] = next;
        viewLayout = layout with { Strides = Strides.Create(steps) };
        return true;
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value)
    {
        var (whole, shape) = (ops.ShapeOf(source), ops.ShapeOf(value));
        long count = shape[Axis];
        if (count > 1 && Step < Size)
            throw new MemoryAccessException(Name, $"windows of {Size}, {Step} apart, share elements, which a write would write more than once; copy with Clone() first.");

        // A window is a slice of the source, and so are the elements with one place in all windows: whichever are fewer.
        bool byWindow = count < Size;
        for (long i = 0; i < Math.Min(count, Size); i++)
        {
            var slice = byWindow ? SliceOp.Along(whole, Axis, i * Step, Size) : SliceOp.Along(whole, Axis, i, count, Step);
            var elements = ops.Emit(SliceOp.Along(shape, byWindow ? Axis : shape.Rank - 1, i, 1), value);
            if (byWindow)
                elements = ops.Transpose(elements, Axis, -1);
            source = ops.Emit(new SliceScatterOp(slice), source, ops.Reshape(elements, Shape.Create(slice.Sizes.AsSpan())));
        }

        return source;
    }

    private Shape View(Shape shape)
    {
        Span<long> sizes = stackalloc long[shape.Rank + 1];
        shape.AsSpan().CopyTo(sizes);
        (sizes[Axis], sizes[^1]) = (((shape[Axis] - Size) / Step) + 1, Size);
        return Shape.Create(sizes);
    }
}
