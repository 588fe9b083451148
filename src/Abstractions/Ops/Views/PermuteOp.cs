namespace Nabla;

/// <summary>The dimensions in another order: dimension d of the view is dimension Order[d] of the source. PyTorch: <c>torch.permute</c>.</summary>
/// <param name="Order">Every dimension once; not negative.</param>
public sealed record PermuteOp(ValueArray<int> Order) : ViewOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("permute");

    private static readonly PermuteOp?[] Transposes = new PermuteOp?[Shape.MaxRank + 1];

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <summary>Two dimensions exchanged. Those of matrices, the last two, are met in every step: there is one op for each rank.</summary>
    internal static PermuteOp Exchange(int rank, int first, int second) => first + second == (2 * rank) - 3
        ? Transposes[rank] ??= Exchanged(rank, first, second)
        : Exchanged(rank, first, second);

    /// <summary>The order that undoes this one.</summary>
    public PermuteOp Inverse()
    {
        Span<int> inverse = stackalloc int[Order.Length];
        for (int d = 0; d < Order.Length; d++)
            inverse[Order[d]] = d;
        return new(ValueArray.Create<int>(inverse));
    }

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        var shape = inputs[0].Shape;
        int seen = 0;
        if (Order.Length == shape.Rank)
            foreach (int axis in Order.AsSpan())
                seen |= (uint)axis < (uint)shape.Rank ? 1 << axis : 0;
        if (Order.Length != shape.Rank || seen != (1 << shape.Rank) - 1)
            throw new TensorArgumentException(Name, $"{Order} does not name every dimension of {shape} once.");
        Span<long> dims = stackalloc long[shape.Rank];
        for (int d = 0; d < dims.Length; d++)
            dims[d] = shape[Order[d]];
        outputs[0] = inputs[0] with { Shape = Shape.Create(dims) };
    }

    /// <inheritdoc/>
    public override bool TryApply(in TensorSpec spec, in Layout layout, out TensorSpec viewSpec, out Layout viewLayout)
    {
        Span<long> dims = stackalloc long[spec.Shape.Rank], steps = stackalloc long[spec.Shape.Rank];
        for (int d = 0; d < dims.Length; d++)
        {
            dims[d] = spec.Shape[Order[d]];
            steps[d] = layout.Strides[Order[d]];
        }

        viewSpec = spec with { Shape = Shape.Create(dims) };
        viewLayout = layout with { Strides = Strides.Create(steps) };
        return true;
    }

    private static PermuteOp Exchanged(int rank, int first, int second)
    {
        Span<int> order = stackalloc int[rank];
        for (int d = 0; d < rank; d++)
            order[d] = d;
        (order[first], order[second]) = (second, first);
        return new(ValueArray.Create<int>(order));
    }

    /// <inheritdoc/>
    public override T WriteBack<T>(IOps<T> ops, T source, T value) => ops.Emit(Inverse(), value);
}
