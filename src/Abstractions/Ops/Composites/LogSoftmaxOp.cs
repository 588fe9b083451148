namespace Nabla;

/// <summary>
/// y = x - max - log(sum(e^(x - max))) along a dimension. PyTorch: <c>torch.log_softmax</c>.
/// </summary>
/// <param name="Axis">The dimension; not negative.</param>
public sealed record LogSoftmaxOp(int Axis) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("log_softmax");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        Arity.CheckAxis(Name, Axis, inputs[0].Shape);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = ops.Widen(inputs[0]);
        if (ops.ShapeOf(x).ElementCount == 0)
        {
            outputs[0] = ops.Emit(CopyOp.Instance, inputs[0]);
            return;
        }

        var shifted = ops.Sub(x, ops.Max(x, [Axis], keepDim: true));
        var sum = ops.Sum(ops.Emit(UnaryOp.Exp, shifted), [Axis], keepDim: true);
        outputs[0] = ops.Cast(ops.Sub(shifted, ops.Emit(UnaryOp.Log, sum)), ops.DTypeOf(inputs[0]));
    }
}
