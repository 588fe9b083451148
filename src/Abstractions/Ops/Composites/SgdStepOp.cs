namespace Nabla;

/// <summary>
/// One step of stochastic gradient descent. Inputs: parameter, gradient, and the momentum buffer. Scalars: learning rate, momentum, dampening,
/// weight decay. Outputs: parameter, and buffer. PyTorch: <c>torch.optim.SGD</c>.
/// </summary>
/// <param name="Momentum">Whether there is a buffer.</param>
/// <param name="First">Whether the buffer starts as the gradient.</param>
/// <param name="Nesterov">Whether the step looks ahead.</param>
/// <param name="Maximize">Whether the objective is maximized.</param>
/// <param name="Count">How many parameters there are.</param>
public sealed record SgdStepOp(bool Momentum, bool First, bool Nesterov, bool Maximize, int Count = 1) : StepOp(Count)
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("sgd_step");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int InputsEach => Momentum ? 3 : 2;

    /// <inheritdoc/>
    public override int OutputsEach => Momentum ? 2 : 1;

    /// <inheritdoc/>
    protected override int ScalarCount => 4;

    /// <inheritdoc/>
    protected override void DecomposeOne<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (p, g) = (inputs[0], inputs[1]);
        if (Maximize)
            g = ops.Emit(UnaryOp.Neg, g);
        g = Decayed(ops, g, p, scalars[3]);
        if (Momentum)
        {
            var buffer = First ? ops.Mul(g, 1) : ops.Add(ops.Mul(inputs[2], scalars[1]), ops.Mul(g, 1 - scalars[2].ToDouble()));
            outputs[1] = buffer;
            g = Nesterov ? ops.Add(g, ops.Mul(buffer, scalars[1])) : buffer;
        }

        outputs[0] = ops.Sub(p, ops.Mul(g, scalars[0]));
    }
}
