namespace Nabla;

/// <summary>
/// The gradient of <see cref="CrossEntropyOp"/>: (e^(x - logsumexp) - onehot(target)) g. Inputs: gradient g [n], x, target, logsumexp.
/// </summary>
public sealed record CrossEntropyBackwardOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("cross_entropy_backward");

    private CrossEntropyBackwardOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static CrossEntropyBackwardOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 4, scalars, 0);
        OpDomain.Float.Check(inputs[1].DType, Name);
        outputs[0] = inputs[1];
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (x, target) = (ops.Widen(inputs[1]), inputs[2]);
        long rows = ops.ShapeOf(x)[0];
        var g = ops.Reshape(ops.Widen(inputs[0]), [rows, 1]);
        var softmax = ops.Emit(UnaryOp.Exp, ops.Sub(x, inputs[3]));
        var gradient = ops.Emit(new ScatterAddOp(1), ops.Mul(softmax, g), ops.Reshape(target, [rows, 1]), ops.Emit(UnaryOp.Neg, g));
        outputs[0] = ops.Cast(gradient, ops.DTypeOf(inputs[1]));
    }
}
