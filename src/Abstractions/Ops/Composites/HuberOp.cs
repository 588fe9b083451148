namespace Nabla;

/// <summary>
/// scale * (d^2 / 2 where d = |x - y| is at most delta, else delta (d - delta / 2)), elementwise: with scale 1 the Huber loss, with 1 / delta the smooth L1
/// loss. Inputs: x, y, of one shape. Scalars: delta, scale. Half types are rounded once.
/// PyTorch: <c>torch.nn.functional.huber_loss</c>, <c>torch.nn.functional.smooth_l1_loss</c>.
/// </summary>
public sealed record HuberOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("huber");

    private HuberOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static HuberOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 2, "x", "y");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        double delta = scalars[0].ToDouble(), scale = scalars[1].ToDouble();
        var d = ops.Emit(UnaryOp.Abs, ops.Sub(ops.Widen(inputs[0]), ops.Widen(inputs[1])));
        var near = ops.Mul(ops.Mul(d, d), scale / 2);
        var far = ops.Mul(ops.Emit(BinaryOp.Sub, d, delta / 2), scale * delta);
        outputs[0] = ops.Cast(ops.Where(ops.Emit(BinaryOp.Le, d, delta), near, far), ops.DTypeOf(inputs[0]));
    }
}
