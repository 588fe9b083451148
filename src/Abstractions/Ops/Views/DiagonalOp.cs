namespace Nabla;

/// <summary>
/// The elements x[i, i + <see cref="Offset"/>] of two dimensions, as a new last one; the others keep their order. PyTorch:
/// <c>torch.diagonal</c>.
/// </summary>
/// <param name="First">The dimension of i; not negative.</param>
/// <param name="Second">The dimension of i + offset; another one, not negative.</param>
/// <param name="Offset">How far above the main diagonal; below it, where negative.</param>
public sealed record DiagonalOp(int First, int Second, long Offset) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("diagonal");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>The order of a shape's dimensions that puts the two last.</summary>
    public ValueArray<int> Order(int rank)
    {
        Span<int> order = stackalloc int[rank];
        int next = 0;
        for (int d = 0; d < rank; d++)
            if (d != First && d != Second)
                order[next++] = d;
        (order[next], order[next + 1]) = (First, Second);
        return ValueArray.Create<int>(order);
    }

    /// <summary>How many elements a shape has on the diagonal.</summary>
    public long Length(Shape shape) => Offset >= 0
        ? Math.Clamp(shape[Second] - Offset, 0, shape[First])
        : Math.Clamp(shape[First] + Offset, 0, shape[Second]);

    /// <summary>
    /// The diagonal of matrices whose rows and columns were flattened to one dimension, the last: the next element is one row and one column further.
    /// </summary>
    /// <param name="columns">How many columns the matrices have.</param>
    /// <param name="flat">The flattened shape.</param>
    /// <param name="length">How many elements.</param>
    public SliceOp InRows(long columns, Shape flat, long length)
    {
        long start = length == 0 ? 0 : Offset >= 0 ? Offset : -Offset * columns;
        return SliceOp.Along(flat, flat.Rank - 1, start, length, columns + 1);
    }

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        var shape = inputs[0].Shape;
        if ((uint)First >= (uint)shape.Rank || (uint)Second >= (uint)shape.Rank || First == Second)
            throw new TensorArgumentException(Name, $"dimensions {First} and {Second} are not two of {shape}.");
        outputs[0] = inputs[0] with { Shape = View(shape) };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        var order = Order(spec.Shape.Rank);
        Span<long> steps = stackalloc long[order.Length - 1];
        for (int d = 0; d < steps.Length; d++)
            steps[d] = layout.Strides[order[d]];
        steps[^1] = layout.Strides[First] + layout.Strides[Second];
        viewSpec = spec with { Shape = View(spec.Shape) };
        long start = viewSpec.Shape.ElementCount == 0 ? 0 : Offset >= 0 ? Offset * layout.Strides[Second] : -Offset * layout.Strides[First];
        viewLayout = new(Strides.Create(steps), layout.Offset + start);
        return true;
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value)
    {
        var order = new PermuteOp(Order(ops.ShapeOf(source).Rank));
        var matrices = ops.Emit(order, source);
        var shape = ops.ShapeOf(matrices);
        var flat = ops.Reshape(matrices, [.. shape.AsSpan()[..^2], shape[^2] * shape[^1]]);
        flat = ops.Emit(new SliceScatterOp(InRows(shape[^1], ops.ShapeOf(flat), ops.ShapeOf(value)[^1])), flat, value);
        return ops.Emit(order.Inverse(), ops.Reshape(flat, shape));
    }

    private Shape View(Shape shape)
    {
        var order = Order(shape.Rank);
        Span<long> sizes = stackalloc long[order.Length - 1];
        for (int d = 0; d < sizes.Length; d++)
            sizes[d] = shape[order[d]];
        sizes[^1] = Length(shape);
        return Shape.Create(sizes);
    }
}
