namespace Nabla;

/// <summary>
/// Other numbers in the place of NaN and of the infinities, of floats. Scalars: those for NaN, +infinity and -infinity, which take part as elements of the
/// tensor's type. PyTorch: <c>torch.nan_to_num</c>.
/// </summary>
public sealed record NanToNumOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("nan_to_num");

    private NanToNumOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static NanToNumOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 3);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = inputs[0];
        var dtype = ops.DTypeOf(x);
        var y = ops.Where(ops.Emit(UnaryOp.IsNaN, x), ops.Full(scalars[0], dtype), x);
        y = ops.Where(ops.Emit(BinaryOp.Eq, x, double.PositiveInfinity), ops.Full(scalars[1], dtype), y);
        outputs[0] = ops.Where(ops.Emit(BinaryOp.Eq, x, double.NegativeInfinity), ops.Full(scalars[2], dtype), y);
    }
}
