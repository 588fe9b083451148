namespace Nabla;

/// <summary>
/// y = 0 where |x| &lt;= lambda, else x (hard), or x moved by lambda towards 0 (soft). Scalar: lambda, for soft not negative, which takes part as an
/// element of the tensor's type. PyTorch: <c>torch.nn.functional.hardshrink</c>, <c>torch.nn.functional.softshrink</c>.
/// </summary>
/// <param name="Soft">Whether x is moved.</param>
public sealed record ShrinkOp(bool Soft) : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("shrink");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 1, scalars, 1);
        OpDomain.Float.Check(inputs[0].DType, Name);
        outputs[0] = inputs[0];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var x = inputs[0];
        var far = Soft ? ops.Sub(x, ops.Mul(ops.Emit(UnaryOp.Sign, x), ops.Full(scalars[0], ops.DTypeOf(x)))) : x;
        outputs[0] = ops.Where(Near(ops, x, scalars[0]), ops.Full(0.0, ops.DTypeOf(x)), far);
    }

    /// <summary>|x| &lt;= lambda</summary>
    internal static T Near<T>(IOps<T> ops, T x, Scalar lambda) => ops.Emit(BinaryOp.Le, ops.Emit(UnaryOp.Abs, x), lambda);
}
