namespace Nabla;

/// <summary>
/// Picks along a dimension: y[i][j][k] = x[i][index[i][j][k]][k] for axis 1. Inputs: x, index (int64; not negative, no larger than x in
/// the other dimensions). An index out of range is an error. PyTorch: <c>torch.gather</c>.
/// </summary>
/// <param name="Axis">The dimension; not negative.</param>
public sealed record GatherOp(int Axis) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("gather");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 2, scalars, 0);
        IndexShapes.Check(Name, inputs[0].Shape, inputs[1], Axis);
        outputs[0] = inputs[0] with { Shape = inputs[1].Shape };
    }
}

internal static class IndexShapes
{
    public static void Check(string op, Shape source, in TensorSpec index, int axis)
    {
        if (index.DType != DType.Int64)
            throw new DTypeException(op, $"indices are int64, not {index.DType.Name()}; convert with To(DType.Int64).");
        if (index.Shape.Rank != source.Rank)
            throw new ShapeException(op, $"the index {index.Shape} and the tensor {source} differ in their number of dimensions.");
        if (source.Rank == 0 ? axis != 0 : (uint)axis >= (uint)source.Rank)
            throw new TensorIndexException(op, $"dimension {axis} is out of range for {source}.");
        for (int d = 0; d < source.Rank; d++)
            if (d != axis && index.Shape[d] > source[d])
                throw new ShapeException(op, $"the index {index.Shape} is larger than the tensor {source} in dimension {d}.");
    }
}
