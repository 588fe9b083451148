namespace Nabla;

/// <summary>
/// Adagrad: s += g^2; p -= lr / (1 + (t - 1) lrDecay) g / (sqrt(s) + eps). Source: Duchi, Hazan and Singer, 2011. PyTorch:
/// <c>torch.optim.Adagrad</c>.
/// </summary>
public sealed class Adagrad : Optimizer
{
    private static readonly AdagradStepOp Op = new();
    private readonly double _lrDecay, _weightDecay, _initial, _eps;
    private readonly (Tensor Sum, Tensor Step)?[] _state;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">Leaves that require gradients.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="lrDecay">How the rate falls with the steps.</param>
    /// <param name="weightDecay">The factor of the squared-norm penalty, added to the gradient.</param>
    /// <param name="initialAccumulatorValue">Where the sums of squares start.</param>
    /// <param name="eps">Keeps the quotient finite.</param>
    public Adagrad(IEnumerable<Tensor> parameters, double lr = 1e-2, double lrDecay = 0, double weightDecay = 0, double initialAccumulatorValue = 0, double eps = 1e-10)
        : base(parameters, lr)
    {
        if (lr < 0 || lrDecay < 0 || weightDecay < 0 || initialAccumulatorValue < 0 || eps < 0)
            throw new TensorArgumentException("Adagrad", $"lr {lr}, lrDecay {lrDecay}, weightDecay {weightDecay}, initialAccumulatorValue {initialAccumulatorValue} and eps {eps} cannot be negative.");
        (_lrDecay, _weightDecay, _initial, _eps) = (lrDecay, weightDecay, initialAccumulatorValue, eps);
        _state = new (Tensor, Tensor)?[Parameters.Count];
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        var (sum, step) = _state[index] ??= (Tensor.FullLike(parameter, _initial), Tensor.Zeros([], DType.Float32, parameter.Device));
        Run(Op, [LearningRate, _lrDecay, _weightDecay, _eps], [parameter, gradient, sum, step], [parameter, sum, step]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State(int index) => _state[index] is { } state ? [state.Sum, state.Step] : [];
}
