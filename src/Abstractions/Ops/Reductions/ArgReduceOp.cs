namespace Nabla;

/// <summary>
/// The index, as int64, of the largest or smallest element along a dimension: the first of equal ones; the first NaN where there is one.
/// </summary>
public sealed record ArgReduceOp : PrimitiveOp
{
    /// <summary>The row of <c>argmax</c>.</summary>
    public static OpKind MaxRow { get; } = OpKind.Define("argmax");

    /// <summary>The row of <c>argmin</c>.</summary>
    public static OpKind MinRow { get; } = OpKind.Define("argmin");

    private ArgReduceOp(OpKind kind, int axis, bool keepDim) => (Kind, Axis, KeepDim) = (kind, axis, keepDim);

    /// <inheritdoc/>
    public override OpKind Kind { get; }

    /// <summary>The dimension searched; not negative.</summary>
    public int Axis { get; }

    /// <summary>Whether it stays, with size 1.</summary>
    public bool KeepDim { get; }

    /// <summary>PyTorch: <c>torch.argmax</c>.</summary>
    public static ArgReduceOp Max(int axis, bool keepDim) => new(MaxRow, axis, keepDim);

    /// <summary>PyTorch: <c>torch.argmin</c>.</summary>
    public static ArgReduceOp Min(int axis, bool keepDim) => new(MinRow, axis, keepDim);

    /// <summary>Whether this is the kind of <see cref="Max"/>.</summary>
    public bool IsMax => Kind == MaxRow;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Numeric.Check(inputs[0].DType, Name);
        var shape = ReducedShape.Of(inputs[0].Shape, [Axis], KeepDim, Name);
        ReducedShape.RequireElements(inputs[0].Shape, [Axis], Name);
        outputs[0] = new(DType.Int64, shape);
    }
}
