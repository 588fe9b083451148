namespace Nabla;

/// <summary>
/// Adam: m = b1 m + (1 - b1) g; v = b2 v + (1 - b2) g^2; p -= lr (m / (1 - b1^t)) / (sqrt(v / (1 - b2^t)) + eps). Source: Kingma and Ba, 2015.
/// PyTorch: <c>torch.optim.Adam</c>.
/// </summary>
public class Adam : Optimizer
{
    private readonly double _beta1, _beta2, _eps, _weightDecay;
    private readonly AdamStepOp _op;
    private readonly Moments?[] _state;

    /// <summary>Creates the optimizer.</summary>
    /// <param name="parameters">Leaves that require gradients.</param>
    /// <param name="lr">The learning rate.</param>
    /// <param name="beta1">Decay of the first moment.</param>
    /// <param name="beta2">Decay of the second moment.</param>
    /// <param name="eps">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The factor of the squared-norm penalty, added to the gradient.</param>
    /// <param name="amsgrad">Whether the largest second moment so far is used. Source: Reddi et al., 2018.</param>
    /// <param name="maximize">Whether the objective grows.</param>
    public Adam(IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 0, bool amsgrad = false, bool maximize = false)
        : this(parameters, lr, beta1, beta2, eps, weightDecay, new AdamStepOp(amsgrad, Decoupled: false, maximize))
    {
    }

    private protected Adam(IEnumerable<Tensor> parameters, double lr, double beta1, double beta2, double eps, double weightDecay, AdamStepOp op)
        : base(parameters, lr)
    {
        if (lr < 0 || eps < 0 || weightDecay < 0 || beta1 is not (>= 0 and < 1) || beta2 is not (>= 0 and < 1))
            throw new TensorArgumentException("Adam", $"lr {lr}, eps {eps} and weightDecay {weightDecay} cannot be negative; beta1 {beta1} and beta2 {beta2} lie in [0, 1).");
        (_beta1, _beta2, _eps, _weightDecay, _op) = (beta1, beta2, eps, weightDecay, op);
        _state = new Moments?[Parameters.Count];
    }

    /// <inheritdoc/>
    protected override void Update(int index, Tensor parameter, Tensor gradient)
    {
        var s = _state[index] ??= new Moments(parameter, _op.AmsGrad);
        ReadOnlySpan<Scalar> scalars = [LearningRate, _beta1, _beta2, _eps, _weightDecay];
        if (s.Largest is { } largest)
            Run(_op, scalars, [parameter, gradient, s.First, s.Second, s.Step, largest], [parameter, s.First, s.Second, s.Step, largest]);
        else
            Run(_op, scalars, [parameter, gradient, s.First, s.Second, s.Step], [parameter, s.First, s.Second, s.Step]);
    }

    /// <inheritdoc/>
    protected override IEnumerable<Tensor> State(int index) => _state[index] is not { } s ? [] : s.Largest is { } largest ? [s.First, s.Second, s.Step, largest] : [s.First, s.Second, s.Step];

    private sealed class Moments(Tensor parameter, bool amsgrad)
    {
        public Tensor First { get; } = Tensor.ZerosLike(parameter);

        public Tensor Second { get; } = Tensor.ZerosLike(parameter);

        /// <summary>How many steps were made: a tensor, so that an exported step counts on. float32 counts exactly to 16 million.</summary>
        public Tensor Step { get; } = Tensor.Zeros([], DType.Float32, parameter.Device);

        public Tensor? Largest { get; } = amsgrad ? Tensor.ZerosLike(parameter) : null;
    }
}

/// <summary>Adam with weight decay on the parameter itself: p -= lr decay p. Source: Loshchilov and Hutter, 2019. PyTorch: <c>torch.optim.AdamW</c>.</summary>
public sealed class AdamW : Adam
{
    /// <summary>Creates the optimizer; see <see cref="Adam"/>.</summary>
    public AdamW(IEnumerable<Tensor> parameters, double lr = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weightDecay = 1e-2, bool amsgrad = false, bool maximize = false)
        : base(parameters, lr, beta1, beta2, eps, weightDecay, new AdamStepOp(amsgrad, Decoupled: true, maximize))
    {
    }
}
