namespace Nabla;

/// <summary>
/// sum((x - mean)^2) / max(0, n - correction). Scalar: the correction, 1 for the unbiased estimate. Two passes: no cancellation.
/// PyTorch: <c>torch.var</c>.
/// </summary>
/// <remarks>
/// In parts the sums of float32 and half types are float32: infinite where the squared distances add up to more than 3.4e38, and without their
/// digits below 1e-38, though the quotient be a number. The CPU's kernel sums in float64 there, as PyTorch does.
/// </remarks>
/// <param name="Axes">The dimensions: ascending, not negative.</param>
/// <param name="KeepDim">Whether they stay, with size 1.</param>
public sealed record VarOp(ValueArray<int> Axes, bool KeepDim) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("var");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 1);
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
        var mean = ops.Emit(BinaryOp.Div, ops.Sum(x, Axes, keepDim: true), count);
        var deviation = ops.Sub(x, mean);
        var sum = ops.Sum(ops.Mul(deviation, deviation), Axes, KeepDim);
        outputs[0] = ops.Cast(ops.Emit(BinaryOp.Div, sum, Math.Max(0, count - scalars[0].ToDouble())), ops.DTypeOf(inputs[0]));
    }
}
