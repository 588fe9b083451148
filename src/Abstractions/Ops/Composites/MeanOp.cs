namespace Nabla;

/// <summary>
/// The sum divided by the number of elements; NaN of nothing. PyTorch: <c>torch.mean</c>.
/// </summary>
/// <param name="Axes">The dimensions: ascending, not negative.</param>
/// <param name="KeepDim">Whether they stay, with size 1.</param>
public sealed record MeanOp(ValueArray<int> Axes, bool KeepDim) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("mean");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0] with { Shape = ReducedShape.Of(inputs[0].Shape, Axes.AsSpan(), KeepDim, Name) };
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        var shape = ops.ShapeOf(x);
        double count = 1;
        foreach (int axis in Axes)
            count *= shape[axis];
        outputs[0] = ops.Cast(ops.Emit(BinaryOp.Div, ops.Sum(x, Axes, KeepDim), count), ops.DTypeOf(inputs[0]));
    }
}
