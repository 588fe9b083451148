namespace Nabla;

/// <summary>
/// a + alpha b of floats. Inputs: a, b, of one shape. Scalar: alpha. Half types are rounded once; whether the product is rounded is left to the device.
/// PyTorch: <c>torch.add</c>.
/// </summary>
public sealed record AddScaledOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("add_scaled");

    private AddScaledOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static AddScaledOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 1, "a", "b");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (a, b) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        outputs[0] = ops.Cast(ops.Add(a, ops.Mul(b, scalars[0].ToDouble())), ops.DTypeOf(inputs[0]));
    }
}
