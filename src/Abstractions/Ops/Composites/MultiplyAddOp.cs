namespace Nabla;

/// <summary>
/// a b + c of floats. Inputs: a, b, c, of one shape. Half types are rounded once; whether the product is rounded is left to the device.
/// PyTorch: <c>torch.addcmul</c>.
/// </summary>
public sealed record MultiplyAddOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("multiply_add");

    private MultiplyAddOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static MultiplyAddOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 3, scalars, 0);
        outputs[0] = Arity.Alike(this, inputs[..2], scalars, 0, "a", "b");
        Arity.Alike(this, inputs[1..], scalars, 0, "b", "c");
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        T a = ops.Widen(inputs[0]), b = ops.Widen(inputs[1]), c = ops.Widen(inputs[2]);
        outputs[0] = ops.Cast(ops.Add(ops.Mul(a, b), c), ops.DTypeOf(inputs[0]));
    }
}
