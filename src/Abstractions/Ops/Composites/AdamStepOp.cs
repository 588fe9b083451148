namespace Nabla;

/// <summary>
/// One step of Adam. Inputs: parameter, gradient, first moment, second moment, step count (no dimensions), and the largest second moment for
/// AMSGrad. Scalars: learning rate, beta1, beta2, eps, weight decay. Outputs: parameter, moments, step count + 1, largest.
/// The step count is a tensor, so that an exported step counts on. PyTorch: <c>torch.optim.Adam</c>, <c>AdamW</c>.
/// </summary>
/// <param name="AmsGrad">Whether the largest second moment is used.</param>
/// <param name="Decoupled">Whether weight decay acts on the parameter itself: AdamW.</param>
/// <param name="Maximize">Whether the objective is maximized.</param>
/// <param name="Count">How many parameters there are.</param>
public sealed record AdamStepOp(bool AmsGrad, bool Decoupled, bool Maximize, int Count = 1) : StepOp(Count)
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("adam_step");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int InputsEach => AmsGrad ? 6 : 5;

    /// <inheritdoc/>
    public override int OutputsEach => AmsGrad ? 5 : 4;

    /// <inheritdoc/>
    protected override int ScalarCount => 5;

    /// <inheritdoc/>
    public override int StepInput => 4;

    /// <inheritdoc/>
    protected override void DecomposeOne<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (p, g, m, v) = (inputs[0], inputs[1], inputs[2], inputs[3]);
        var dtype = ops.DTypeOf(p);
        double lr = scalars[0].ToDouble(), beta1 = scalars[1].ToDouble(), beta2 = scalars[2].ToDouble(), decay = scalars[4].ToDouble();
        if (Maximize)
            g = ops.Emit(UnaryOp.Neg, g);
        if (Decoupled)
            p = ops.Mul(p, 1 - (lr * decay));
        else
            g = Decayed(ops, g, p, decay);
        m = ops.Add(ops.Mul(m, beta1), ops.Mul(g, 1 - beta1));
        v = ops.Add(ops.Mul(v, beta2), ops.Mul(ops.Mul(g, g), 1 - beta2));
        var step = ops.Add(inputs[4], 1);
        var t = ops.Cast(step, dtype.Accumulator());
        var correction1 = Correction(ops, beta1, t);
        var correction2 = ops.Emit(UnaryOp.Sqrt, Correction(ops, beta2, t));
        var second = AmsGrad ? ops.Emit((Op)BinaryOp.Maximum, inputs[5], v) : v;
        var denominator = ops.Add(ops.Div(ops.Emit(UnaryOp.Sqrt, second), ops.Cast(correction2, dtype)), scalars[3]);
        var rate = ops.Emit(BinaryOp.Div, lr, ops.Cast(correction1, dtype));
        outputs[0] = ops.Sub(p, ops.Div(ops.Mul(m, rate), denominator));
        outputs[1] = m;
        outputs[2] = v;
        outputs[3] = step;
        if (AmsGrad)
            outputs[4] = second;
    }

    /// <summary>
    /// 1 - beta^t, as -(e^(t log beta) - 1): near 1 the power itself, and beta, have few digits of what they leave of 1 in float32, and float64 is
    /// not offered by every device.
    /// </summary>
    private static T Correction<T>(IOps<T> ops, double beta, T t) => ops.Emit(UnaryOp.Neg, ops.Emit(UnaryOp.Expm1, ops.Mul(t, Math.Log(beta))));
}
