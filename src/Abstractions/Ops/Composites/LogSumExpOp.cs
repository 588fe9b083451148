namespace Nabla;

/// <summary>
/// y = log(sum(e^x)) along dimensions, without overflow; of nothing, -infinity. PyTorch: <c>torch.logsumexp</c>.
/// </summary>
/// <param name="Axes">The dimensions: ascending, not negative.</param>
/// <param name="KeepDim">Whether they stay, with size 1.</param>
public sealed record LogSumExpOp(ValueArray<int> Axes, bool KeepDim) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("logsumexp");

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
        var (shape, dtype) = (ops.ShapeOf(x), ops.DTypeOf(inputs[0]));
        var result = ReducedShape.Of(shape, Axes.AsSpan(), KeepDim, Name);
        if (shape.ElementCount == 0)
        {
            outputs[0] = ops.Full(double.NegativeInfinity, dtype, result);
            return;
        }

        // An infinite maximum would give inf - inf: shift by 0 there.
        var max = ops.Max(x, Axes, keepDim: true);
        var shift = ops.Where(ops.Emit(UnaryOp.IsInf, max), ops.Full(0, ops.DTypeOf(max)), max);
        var sum = ops.Sum(ops.Emit(UnaryOp.Exp, ops.Sub(x, shift)), Axes, keepDim: true);
        outputs[0] = ops.Cast(ops.Reshape(ops.Add(ops.Emit(UnaryOp.Log, sum), shift), result), dtype);
    }
}
