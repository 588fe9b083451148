namespace Nabla;

/// <summary>
/// One step of RMSprop. Inputs: parameter, gradient, mean square, and, where they are used, mean and momentum buffer. Scalars: learning rate,
/// alpha, eps, weight decay, momentum. Outputs: parameter and what follows the gradient. PyTorch: <c>torch.optim.RMSprop</c>.
/// </summary>
/// <param name="Centered">Whether the square of the gradient's mean is taken off.</param>
/// <param name="Momentum">Whether there is a buffer.</param>
/// <param name="Count">How many parameters there are.</param>
public sealed record RmsPropStepOp(bool Centered, bool Momentum, int Count = 1) : StepOp(Count)
{
    /// <summary>The row of the op table.</summary>
    public static OpKind Row { get; } = OpKind.Define("rmsprop_step");

    /// <inheritdoc/>
    public override OpKind Kind => Row;

    /// <inheritdoc/>
    public override int InputsEach => OutputsEach + 1;

    /// <inheritdoc/>
    public override int OutputsEach => 2 + (Centered ? 1 : 0) + (Momentum ? 1 : 0);

    /// <inheritdoc/>
    protected override int ScalarCount => 5;

    /// <inheritdoc/>
    protected override void DecomposeOne<T>(IOps<T> ops, ReadOnlySpan<T> inputs, ReadOnlySpan<Scalar> scalars, Span<T> outputs)
    {
        var (alpha, rest) = (scalars[1], 1 - scalars[1].ToDouble());
        var g = Decayed(ops, inputs[1], inputs[0], scalars[3]);
        var square = ops.Add(ops.Mul(inputs[2], alpha), ops.Mul(ops.Mul(g, g), rest));
        outputs[1] = square;
        if (Centered)
        {
            var mean = ops.Add(inputs[3], ops.Mul(ops.Sub(g, inputs[3]), rest));
            outputs[2] = mean;
            square = ops.Sub(square, ops.Mul(mean, mean));
        }

        var step = ops.Div(g, ops.Add(ops.Emit(UnaryOp.Sqrt, square), scalars[2]));
        if (Momentum)
            outputs[OutputsEach - 1] = step = ops.Add(ops.Mul(inputs[InputsEach - 1], scalars[4]), step);
        outputs[0] = ops.Sub(inputs[0], ops.Mul(step, scalars[0]));
    }
}
