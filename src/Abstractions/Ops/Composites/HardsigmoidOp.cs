namespace Nabla;

/// <summary>
/// min(max(x + 3, 0), 6) / 6. Half types are rounded once. PyTorch: <c>torch.nn.functional.hardsigmoid</c>.
/// </summary>
public sealed record HardsigmoidOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("hardsigmoid");

    private HardsigmoidOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static HardsigmoidOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 0);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var limited = ops.Emit(BinaryOp.Minimum, ops.Emit(BinaryOp.Maximum, ops.Add(ops.Widen(inputs[0]), 3), 0), 6);
        outputs[0] = ops.Cast(ops.Emit(BinaryOp.Div, limited, 6), ops.DTypeOf(inputs[0]));
    }
}
