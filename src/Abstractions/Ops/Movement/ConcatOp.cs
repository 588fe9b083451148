namespace Nabla;

/// <summary>Joins tensors along a dimension; the other sizes are equal. PyTorch: <c>torch.cat</c>.</summary>
/// <param name="Axis">The dimension; not negative.</param>
public sealed record ConcatOp(int Axis) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("cat");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        if (inputs.IsEmpty)
            throw new TensorArgumentException(Name, "there is nothing to join: pass at least one tensor.");
        Arity.Check(this, inputs, inputs.Length, scalars, 0);
        Arity.SameDType(Name, inputs);
        var first = inputs[0].Shape;
        if ((uint)Axis >= (uint)first.Rank)
            throw new TensorIndexException(Name, $"dimension {Axis} is out of range for {first}.");
        Span<long> dims = stackalloc long[first.Rank];
        first.AsSpan().CopyTo(dims);
        for (int i = 1; i < inputs.Length; i++)
        {
            var shape = inputs[i].Shape;
            if (shape.Rank != first.Rank)
                throw new ShapeException(Name, $"tensor {i} has the shape {shape}, tensor 0 {first}: the numbers of dimensions differ.");
            for (int d = 0; d < first.Rank; d++)
                if (d != Axis && shape[d] != first[d])
                    throw new ShapeException(Name, $"tensor {i} has the shape {shape}, tensor 0 {first}: only dimension {Axis} may differ, dimension {d} does.");
            dims[Axis] += shape[Axis];
        }

        outputs[0] = inputs[0] with { Shape = Shape.Create(dims) };
    }
}
