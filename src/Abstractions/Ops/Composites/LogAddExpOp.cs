namespace Nabla;

/// <summary>
/// log(e^a + e^b), or log2(2^a + 2^b), without overflow: max(a, b) + log(1 + e^-|a - b|), and two equal infinities themselves. Inputs: a, b, of one shape.
/// Half types are rounded once. PyTorch: <c>torch.logaddexp</c>, <c>torch.logaddexp2</c>.
/// </summary>
/// <param name="Binary">Whether powers of 2 are meant.</param>
public sealed record LogAddExpOp(bool Binary) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("logaddexp");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 0, "a", "b");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (a, b) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        var apart = ops.Emit(UnaryOp.Neg, ops.Emit(UnaryOp.Abs, ops.Sub(a, b)));
        apart = ops.Where(ops.Emit((Op)BinaryOp.Eq, a, b), ops.Full(0.0, ops.DTypeOf(a)), apart); // the difference of equal infinities is NaN
        var tail = ops.Emit(UnaryOp.Log1p, ops.Emit(Binary ? UnaryOp.Exp2 : UnaryOp.Exp, apart));
        if (Binary)
            tail = ops.Mul(tail, 1 / Math.Log(2));
        outputs[0] = ops.Cast(ops.Add(ops.Emit((Op)BinaryOp.Maximum, a, b), tail), ops.DTypeOf(inputs[0]));
    }
}
