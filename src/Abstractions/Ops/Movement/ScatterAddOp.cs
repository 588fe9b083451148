namespace Nabla;

/// <summary>
/// Adds along a dimension: a copy of x with y[i][index[i][j][k]][k] += source[i][j][k] for axis 1, in row-major order of the source.
/// Inputs: x, index (int64), source (no smaller than the index). An index out of range is an error. PyTorch: <c>torch.scatter_add</c>.
/// </summary>
/// <param name="Axis">The dimension; not negative.</param>
public sealed record ScatterAddOp(int Axis) : PrimitiveOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("scatter_add");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 3, scalars, 0);
        OpDomain.Numeric.Check(inputs[0].DType, Name);
        Arity.SameDType(Name, [inputs[0], inputs[2]]);
        IndexShapes.Check(Name, inputs[0].Shape, inputs[1], Axis);
        var (index, source) = (inputs[1].Shape, inputs[2].Shape);
        if (source.Rank != index.Rank)
            throw new ShapeException(Name, $"the index {index} and the source {source} differ in their number of dimensions.");
        for (int d = 0; d < index.Rank; d++)
            if (index[d] > source[d])
                throw new ShapeException(Name, $"the index {index} is larger than the source {source} in dimension {d}.");
        outputs[0] = inputs[0];
    }
}
