namespace Nabla;

/// <summary>
/// One step of Adagrad. Inputs: parameter, gradient, sum of squares, step count (no dimensions). Scalars: learning rate, its decay, weight decay,
/// eps. Outputs: parameter, sum, step count + 1. The step count is a tensor, so that an exported step counts on. PyTorch:
/// <c>torch.optim.Adagrad</c>.
/// </summary>
/// <param name="Count">How many parameters there are.</param>
public sealed record AdagradStepOp(int Count = 1) : StepOp(Count)
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("adagrad_step");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int InputsEach => 4;

    /// <inheritdoc/>
    public override int OutputsEach => 3;

    /// <inheritdoc/>
    public override int StepInput => 3;

    /// <inheritdoc/>
    protected override int ScalarCount => 4;

    /// <inheritdoc/>
    protected override void DecomposeOne<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (p, before) = (inputs[0], inputs[3]);
        var dtype = ops.DTypeOf(p);
        var g = Decayed(ops, inputs[1], p, scalars[2]);
        var sum = ops.Add(inputs[2], ops.Mul(g, g));
        var wide = dtype.Accumulator(); // a half type has no digits for small rates
        var rate = ops.Emit(BinaryOp.Div, scalars[0], ops.Add(ops.Mul(ops.Cast(before, wide), scalars[1]), 1));
        var denominator = ops.Add(ops.Emit(UnaryOp.Sqrt, sum), scalars[3]);
        outputs[0] = ops.Sub(p, ops.Cast(ops.Mul(ops.Cast(ops.Div(g, denominator), wide), rate), dtype));
        outputs[1] = sum;
        outputs[2] = ops.Add(before, 1);
    }
}
