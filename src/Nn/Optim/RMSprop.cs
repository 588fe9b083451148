namespace Nabla;

/// <summary>
/// RMSprop: v = alpha v + (1 - alpha) g^2; p -= lr g / (sqrt(v) + eps); with momentum the quotients are summed, b = momentum b + g / (sqrt(v) + eps);
/// centered, the square of the gradient's mean is taken off v. Source: Tieleman and Hinton, 2012; Graves, 2013. PyTorch: <c>torch.optim.RMSprop</c>.
/// </summary>
public sealed class RMSprop : Optimizer
{
    private readonly double _alpha, _eps, _weightDecay, _momentum;
    private readonly RmsPropStepOp _op;

    /// <summary>The average of the squares, that of the gradients, the buffer of the momentum: those that there are.</summary>
    private readonly Tensor[]?[] _state;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">Leaves that require gradients.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="alpha">Decay of the averages.</param>
    /// <param name="eps">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The factor of the squared-norm penalty, added to the gradient.</param>
    /// <param name="momentum">How much of the last step is kept.</param>
    /// <param name="centered">Whether the gradient is divided by an estimate of its deviation, not of its size.</param>
    public RMSprop(IEnumerable<Tensor> parameters, double lr = 1e-2, double alpha = 0.99, double eps = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false)
        : base(parameters, lr)
    {
        if (lr < 0 || alpha is not (>= 0 and <= 1) || eps < 0 || weightDecay < 0 || momentum < 0)
            throw new TensorArgumentException("RMSprop", $"lr {lr}, eps {eps}, weightDecay {weightDecay} and momentum {momentum} cannot be negative; alpha {alpha} lies in [0, 1].");
        (_alpha, _eps, _weightDecay, _momentum, _op) = (alpha, eps, weightDecay, momentum, new RmsPropStepOp(centered, momentum > 0));
        _state = new Tensor[]?[Parameters.Count];
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        var state = _state[index] ??= [.. Enumerable.Range(0, _op.OutputsEach - 1).Select(_ => Tensor.ZerosLike(parameter))];
        Run(_op, [LearningRate, _alpha, _eps, _weightDecay, _momentum], [parameter, gradient, .. state], [parameter, .. state]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State(int index) => _state[index] ?? [];
}
