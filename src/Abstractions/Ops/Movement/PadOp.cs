namespace Nabla;

/// <summary>Surrounds a tensor with scalar 0. PyTorch: <c>torch.nn.functional.pad</c> with mode constant.</summary>
/// <param name="Before">Elements added before each dimension; not negative (slices cut).</param>
/// <param name="After">Elements added after each dimension; not negative.</param>
public sealed record PadOp(ValueArray<long> Before, ValueArray<long> After) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("pad");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 1);
        var shape = inputs[0].Shape;
        if (Before.Length != shape.Rank || After.Length != shape.Rank)
            throw new TensorArgumentException(Name, $"{shape} takes {shape.Rank} paddings before and after, not {Before.Length} and {After.Length}.");
        Span<long> dims = stackalloc long[shape.Rank];
        for (int d = 0; d < shape.Rank; d++)
        {
            if (Before[d] < 0 || After[d] < 0)
                throw new TensorArgumentException(Name, $"paddings {Before} and {After} cannot be negative; slice to cut.");
            dims[d] = Before[d] + shape[d] + After[d];
        }

        outputs[0] = inputs[0] with { Shape = Shape.Create(dims) };
    }
}
