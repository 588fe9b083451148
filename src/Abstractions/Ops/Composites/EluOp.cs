namespace Nabla;

/// <summary>
/// y = scale * (x where x &gt; 0, else alpha * (e^(inputScale x) - 1)): elu, celu and selu. Scalars: alpha, scale, inputScale.
/// PyTorch: <c>torch.ops.aten.elu</c>.
/// </summary>
public sealed record EluOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("elu");

    private EluOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static EluOp Instance { get; } = new();

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
        var x = ops.Widen(inputs[0]);
        double alpha = scalars[0].ToDouble(), scale = scalars[1].ToDouble();
        var below = ops.Emit(BinaryOp.Le, x, 0);
        var bent = ops.Mul(ops.Emit(UnaryOp.Expm1, ops.Mul(Negative(ops, below, x), scalars[2])), alpha * scale);
        outputs[0] = ops.Cast(ops.Where(below, bent, ops.Mul(x, scale)), ops.DTypeOf(inputs[0]));
    }

    /// <summary>x where it is not positive, else 0, so that nothing overflows whose slope is asked for.</summary>
    internal static T Negative<T>(IOps<T> ops, T below, T x) => ops.Where(below, x, ops.Full(0.0, ops.DTypeOf(x)));
}
