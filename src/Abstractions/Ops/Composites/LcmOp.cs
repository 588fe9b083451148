namespace Nabla;

/// <summary>
/// The least common multiple of integers, |a / gcd(a, b) * b|, which wraps; 0 where either is 0. Inputs: a, b, of one shape. PyTorch: <c>torch.lcm</c>.
/// </summary>
public sealed record LcmOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("lcm");

    private LcmOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static LcmOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.AlikeIntegers(this, inputs, scalars);

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var dtype = ops.DTypeOf(inputs[0]);
        var divisor = ops.Emit(GcdOp.Instance, inputs);
        var safe = ops.Where(ops.Emit(BinaryOp.Eq, divisor, 0), ops.Full(1, dtype), divisor);
        var multiple = ops.Mul(ops.Emit((Op)BinaryOp.TruncDivide, inputs[0], safe), inputs[1]);
        outputs[0] = dtype == DType.UInt8 ? multiple : ops.Emit(UnaryOp.Abs, multiple);
    }
}
