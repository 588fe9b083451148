namespace Nabla;

/// <summary>
/// x where x &gt; 0, else weight * x. Inputs: x, weight, of one shape. PyTorch: <c>torch.nn.functional.prelu</c>.
/// </summary>
public sealed record PReluOp : CompositeOp
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("prelu");

    private PReluOp()
    {
    }

    /// <summary>The one instance.</summary>
    public static PReluOp Instance { get; } = new();

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override void Infer(ReadOnlySpan<TensorSpec> inputs, ReadOnlySpan<Scalar> scalars, Span<TensorSpec> outputs) =>
        outputs[0] = Arity.Alike(this, inputs, scalars, 0, "x", "the weight");

    /// <inheritdoc/>
    public override void Decompose<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (x, weight) = (inputs[0], inputs[1]);
        outputs[0] = ops.Where(ops.Emit(BinaryOp.Gt, x, 0), x, ops.Mul(weight, x));
    }
}
