namespace Nabla;

/// <summary>
/// Normalizes each channel over the batch: (x - mean) / sqrt(var + eps) * weight + bias; in evaluation by running averages, average = (1 - momentum)
/// average + momentum batch. Parameters: <c>weight</c>, <c>bias</c> [channels]; buffers:
/// <c>running_mean</c>, <c>running_var</c> [channels], <c>num_batches_tracked</c>. Source: Ioffe and Szegedy, 2015. PyTorch: <c>torch.nn.BatchNorm1d</c>
/// and its like, of which each takes inputs of its own number of dimensions.
/// </summary>
public abstract class BatchNorm : Module
{
    private readonly int _minRank, _maxRank;
    private readonly double? _momentum;
    private readonly double _eps;

    private protected BatchNorm(int minRank, int maxRank, long numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType dtype, Device? device)
    {
        (_minRank, _maxRank, _eps, _momentum) = (minRank, maxRank, eps, momentum);
        if (affine)
        {
            Weight = AddParameter(Tensor.Ones([numFeatures], dtype, device), "weight");
            Bias = AddParameter(Tensor.Zeros([numFeatures], dtype, device), "bias");
        }

        if (trackRunningStats)
        {
            RunningMean = AddBuffer(Tensor.Zeros([numFeatures], dtype, device), "running_mean");
            RunningVar = AddBuffer(Tensor.Ones([numFeatures], dtype, device), "running_var");
            BatchesTracked = AddBuffer(Tensor.Zeros([], DType.Int64, device), "num_batches_tracked");
        }
    }

    /// <summary>The factors, or null.</summary>
    public Tensor? Weight { get; }

    /// <summary>The summands, or null.</summary>
    public Tensor? Bias { get; }

    /// <summary>The average of the means, or null.</summary>
    public Tensor? RunningMean { get; }

    /// <summary>The average of the unbiased variances, or null.</summary>
    public Tensor? RunningVar { get; }

    /// <summary>How many batches the averages hold, or null. PyTorch: <c>num_batches_tracked</c>.</summary>
    public Tensor? BatchesTracked { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input has not as many dimensions as the layer takes.</exception>
    public override Tensor Forward(Tensor input)
    {
        if (input.Dim < _minRank || input.Dim > _maxRank)
            throw new ShapeException(GetType().Name, $"{input.Shape} has {input.Dim} dimensions; {(_minRank == _maxRank ? $"{_minRank}" : $"{_minRank} or {_maxRank}")} are taken.");
        double momentum = _momentum ?? 0;
        if (Training && BatchesTracked is { } count)
        {
            using var mode = Autograd.NoGrad();
            count.Add_(1);
            DeferredRoots.AddState(count);
            momentum = _momentum ?? 1.0 / count.Item<long>(); // the plain average of all batches
        }

        return Functional.BatchNorm(input, RunningMean, RunningVar, Weight, Bias, Training || RunningMean is null, momentum, _eps);
    }
}

/// <summary><see cref="BatchNorm"/> of [n, channels] or [n, channels, length]. PyTorch: <c>torch.nn.BatchNorm1d</c>.</summary>
/// <param name="numFeatures">How many channels.</param>
/// <param name="eps">Added to the variance.</param>
/// <param name="momentum">The weight of a batch in the averages; null: all batches weigh the same.</param>
/// <param name="affine">Whether there are parameters.</param>
/// <param name="trackRunningStats">Whether there are averages; without, evaluation uses the batch, too.</param>
/// <param name="dtype">The element type.</param>
/// <param name="device">Where; by default the scope's device.</param>
public sealed class BatchNorm1d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType dtype = DType.Float32, Device? device = null)
    : BatchNorm(2, 3, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);

/// <summary><see cref="BatchNorm"/> of [n, channels, height, width]. PyTorch: <c>torch.nn.BatchNorm2d</c>.</summary>
/// <inheritdoc cref="BatchNorm1d"/>
public sealed class BatchNorm2d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType dtype = DType.Float32, Device? device = null)
    : BatchNorm(4, 4, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);

/// <summary><see cref="BatchNorm"/> of [n, channels, depth, height, width]. PyTorch: <c>torch.nn.BatchNorm3d</c>.</summary>
/// <inheritdoc cref="BatchNorm1d"/>
public sealed class BatchNorm3d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = true, bool trackRunningStats = true, DType dtype = DType.Float32, Device? device = null)
    : BatchNorm(5, 5, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);
