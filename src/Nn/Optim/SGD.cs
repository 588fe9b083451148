namespace Nabla;

/// <summary>
/// Stochastic gradient descent: g = grad + decay p; b = momentum b + (1 - dampening) g; p -= lr b (or lr (g + momentum b), Nesterov).
/// PyTorch: <c>torch.optim.SGD</c>.
/// </summary>
public sealed class SGD : Optimizer
{
    private readonly double _momentum, _dampening, _weightDecay;
    private readonly SgdStepOp _op, _first;
    private readonly Tensor?[] _buffers;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">Leaves that require gradients.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="momentum">How much of the last step is kept.</param>
    /// <param name="dampening">How much of the gradient is left out of the momentum.</param>
    /// <param name="weightDecay">The factor of the squared-norm penalty.</param>
    /// <param name="nesterov">Whether the step looks ahead; needs momentum and no dampening.</param>
    /// <param name="maximize">Whether the objective grows.</param>
    public SGD(IEnumerable<Tensor> parameters, double lr, double momentum = 0, double dampening = 0, double weightDecay = 0, bool nesterov = false, bool maximize = false)
        : base(parameters, lr)
    {
        if (lr < 0 || momentum < 0 || weightDecay < 0)
            throw new TensorArgumentException("SGD", $"lr {lr}, momentum {momentum} and weightDecay {weightDecay} cannot be negative.");
        if (nesterov && (momentum <= 0 || dampening != 0))
            throw new TensorArgumentException("SGD", "nesterov needs a momentum above 0 and no dampening.");
        (_momentum, _dampening, _weightDecay) = (momentum, dampening, weightDecay);
        _op = new SgdStepOp(Momentum: momentum != 0, First: false, nesterov, maximize);

        // A buffer of zeros gives the first step, except where dampening holds back a part of the gradient that PyTorch lets through.
        _first = _op with { First = dampening != 0 };
        _buffers = new Tensor?[Parameters.Count];
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        ReadOnlySpan<Scalar> scalars = [LearningRate, _momentum, _dampening, _weightDecay];
        if (_momentum == 0)
        {
            Run(_op, scalars, [parameter, gradient], [parameter]);
            return;
        }

        var op = _buffers[index] is null ? _first : _op;
        var buffer = _buffers[index] ??= Tensor.ZerosLike(parameter);
        Run(op, scalars, [parameter, gradient, buffer], [parameter, buffer]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State(int index) => _buffers[index] is { } buffer ? [buffer] : [];
}
