namespace Nabla;

/// <summary>
/// Combines the elements along some dimensions. The element type stays (promotion of small integers happens above). Half types
/// accumulate in float32; floating sums are blocked or pairwise. NaN propagates through max and min.
/// </summary>
public sealed record ReduceOp : PrimitiveOp
{
    /// <summary>The row of <c>sum</c>.</summary>
    public static OpKind SumRow { get; } = OpKind.Define("sum");

    /// <summary>The row of <c>prod</c>.</summary>
    public static OpKind ProdRow { get; } = OpKind.Define("prod");

    /// <summary>The row of <c>amax</c>.</summary>
    public static OpKind MaxRow { get; } = OpKind.Define("amax");

    /// <summary>The row of <c>amin</c>.</summary>
    public static OpKind MinRow { get; } = OpKind.Define("amin");

    private ReduceOp(OpKind kind, ValueArray<int> axes, bool keepDim) => (Kind, Axes, KeepDim) = (kind, axes, keepDim);

    /// <inheritdoc/>
    public override OpKind Kind { get; }

    /// <summary>The dimensions that are combined: ascending, not negative, at least one (unless the input has none).</summary>
    public ValueArray<int> Axes { get; }

    /// <summary>Whether those dimensions stay, with size 1.</summary>
    public bool KeepDim { get; }

    /// <summary>The sum; 0 of nothing. PyTorch: <c>torch.sum</c>.</summary>
    public static ReduceOp Sum(ValueArray<int> axes, bool keepDim) => new(SumRow, axes, keepDim);

    /// <summary>The product; 1 of nothing. PyTorch: <c>torch.prod</c>.</summary>
    public static ReduceOp Prod(ValueArray<int> axes, bool keepDim) => new(ProdRow, axes, keepDim);

    /// <summary>The largest element; an error of nothing. Of bools: any. PyTorch: <c>torch.amax</c>.</summary>
    public static ReduceOp Max(ValueArray<int> axes, bool keepDim) => new(MaxRow, axes, keepDim);

    /// <summary>The smallest element; an error of nothing. Of bools: all. PyTorch: <c>torch.amin</c>.</summary>
    public static ReduceOp Min(ValueArray<int> axes, bool keepDim) => new(MinRow, axes, keepDim);

    /// <summary>Whether this is the kind of <see cref="Sum"/>.</summary>
    public bool IsSum => Kind == SumRow;

    /// <summary>Whether this is the kind of <see cref="Prod"/>.</summary>
    public bool IsProd => Kind == ProdRow;

    /// <summary>Whether this is the kind of <see cref="Max"/>.</summary>
    public bool IsMax => Kind == MaxRow;

    /// <summary>Whether this is the kind of <see cref="Min"/>.</summary>
    public bool IsMin => Kind == MinRow;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        if (IsSum || IsProd)
            OpDomain.Numeric.Check(inputs[0].DType, Name);
        var shape = ReducedShape.Of(inputs[0].Shape, Axes.AsSpan(), KeepDim, Name);
        if (IsMax || IsMin)
            ReducedShape.RequireElements(inputs[0].Shape, Axes.AsSpan(), Name);
        outputs[0] = inputs[0] with { Shape = shape };
    }
}
