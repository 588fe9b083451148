namespace Nabla;

/// <summary>
/// <see cref="LerpOp"/> by a weight for each element. Inputs: a, b, weight, of one shape. Half types are rounded once. PyTorch: <c>torch.lerp</c>.
/// </summary>
public sealed record LerpByOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("lerp_by");

    private LerpByOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static LerpByOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs)
    {
        Arity.Check(this, inputs, 3, scalars, 0);
        outputs[0] = Arity.Alike(this, inputs[..2], scalars, 0, "a", "b");
        Arity.Alike(this, inputs[1..], scalars, 0, "b", "the weight");
    }

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        T a = ops.Widen(inputs[0]), b = ops.Widen(inputs[1]), weight = ops.Widen(inputs[2]);
        var way = ops.Sub(b, a);
        var near = ops.Emit(BinaryOp.Lt, ops.Emit((Op)UnaryOp.Abs, weight), 0.5);
        var y = ops.Where(near, ops.Add(a, ops.Mul(way, weight)), ops.Sub(b, ops.Mul(way, ops.Emit(BinaryOp.Sub, 1.0, weight))));
        outputs[0] = ops.Cast(y, ops.DTypeOf(inputs[0]));
    }
}
