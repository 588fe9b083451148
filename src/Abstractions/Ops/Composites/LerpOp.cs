namespace Nabla;

/// <summary>
/// a + weight (b - a), from the nearer side, so that the weights 0 and 1 are exact: b - (b - a)(1 - weight) where |weight| is at least 1/2. Inputs: a, b, of
/// one shape. Scalar: weight. Half types are rounded once. PyTorch: <c>torch.lerp</c>.
/// </summary>
public sealed record LerpOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("lerp");

    private LerpOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static LerpOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 1, "a", "b");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (a, b) = (ops.Widen(inputs[0]), ops.Widen(inputs[1]));
        double weight = scalars[0].ToDouble();
        var way = ops.Sub(b, a);
        var y = Math.Abs(weight) < 0.5 ? ops.Add(a, ops.Mul(way, weight)) : ops.Add(b, ops.Mul(way, weight - 1));
        outputs[0] = ops.Cast(y, ops.DTypeOf(inputs[0]));
    }
}
