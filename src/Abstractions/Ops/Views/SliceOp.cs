namespace Nabla;

/// <summary>
/// Part of each dimension: element i of dimension d is element Starts[d] + i * Steps[d] of the source. Negative steps walk backwards.
/// PyTorch: basic slicing.
/// </summary>
/// <param name="Starts">The first element of each dimension.</param>
/// <param name="Sizes">How many elements of each.</param>
/// <param name="Steps">The distance between them; not 0.</param>
public sealed record SliceOp(ValueArray<long> Starts, ValueArray<long> Sizes, ValueArray<long> Steps) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("slice");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>Part of one dimension of a shape, the others whole.</summary>
    public static SliceOp Along(Shape shape, int axis, long start, long size, long step = 1)
    {
        Span<long> starts = stackalloc long[shape.Rank], sizes = stackalloc long[shape.Rank], steps = stackalloc long[shape.Rank];
        shape.AsSpan().CopyTo(sizes);
        steps.Fill(1);
        (starts[axis], sizes[axis], steps[axis]) = (start, size, step);
        return new(ValueArray.Create<long>(starts), ValueArray.Create<long>(sizes), ValueArray.Create<long>(steps));
    }

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        var shape = inputs[0].Shape;
        if (Starts.Length != shape.Rank || Sizes.Length != shape.Rank || Steps.Length != shape.Rank)
            throw new TensorArgumentException(Name, $"{shape} takes {shape.Rank} starts, sizes and steps, not {Starts.Length}, {Sizes.Length} and {Steps.Length}.");
        for (int d = 0; d < shape.Rank; d++)
        {
            Int128 first = Starts[d], last = first + ((Int128)(Sizes[d] - 1) * Steps[d]); // wide: a huge step must not wrap back into range
            if (Steps[d] == 0 || Sizes[d] < 0 || (Sizes[d] > 0 && (Int128.Min(first, last) < 0 || Int128.Max(first, last) >= shape[d])))
                throw new TensorIndexException(Name, $"{Sizes[d]} elements from {first} by {Steps[d]} leave dimension {d} of {shape}.");
        }

        outputs[0] = inputs[0] with { Shape = Shape.Create(Sizes.AsSpan()) };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        Span<long> steps = stackalloc long[Sizes.Length];
        long offset = layout.Offset;
        for (int d = 0; d < steps.Length; d++)
        {
            steps[d] = layout.Strides[d] * Steps[d];
            offset += Sizes[d] > 0 ? layout.Strides[d] * Starts[d] : 0;
        }

        viewSpec = spec with { Shape = Shape.Create(Sizes.AsSpan()) };
        viewLayout = new(Strides.Create(steps), viewSpec.Shape.ElementCount == 0 ? layout.Offset : offset);
        return true;
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value) => ops.Emit(new SliceScatterOp(this), source, value);
}
