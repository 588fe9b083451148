namespace Nabla;

/// <summary>
/// Normalizes each channel over the batch: (x - mean) / sqrt(var + eps) * weight + bias; in evaluation by running averages, average = (1 - momentum)
/// average + momentum batch. Parameters: <c>weight</c>, <c>bias</c> [channels]; buffers:
/// <c>running_mean</c>, <c>running_var</c> [channels], <c>num_batches_tracked</c>. Source: Ioffe and Szegedy, 2015. PyTorch: <c>torch.nn.BatchNorm1d</c>
/// and its like, of which each takes inputs of its own number of dimensions.
/// </summary>
public abstract class BatchNorm : ChannelNorm
{
    private readonly int _minRank, _maxRank;

    private protected BatchNorm(int minRank, int maxRank, long numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType dtype, Device? device)
        : base(numFeatures, eps, momentum, affine, trackRunningStats, dtype, device) => (_minRank, _maxRank) = (minRank, maxRank);

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input has not as many dimensions as the layer takes.</exception>
    public override Tensor Forward(Tensor input)
    {
        if (input.Dim < _minRank || input.Dim > _maxRank)
            throw new ShapeException(GetType().Name, $"{input.Shape} has {input.Dim} dimensions; {(_minRank == _maxRank ? $"{_minRank}" : $"{_minRank} or {_maxRank}")} are taken.");
        double momentum = Momentum ?? 0;
        if (Training && BatchesTracked is { } count)
        {
            using var mode = Autograd.NoGrad();
            count.Add_(1);
            DeferredRoots.AddState(count);
            momentum = Momentum ?? 1.0 / count.Item<long>(); // the plain average of all batches
        }

        return Functional.BatchNorm(input, RunningMean, RunningVar, Weight, Bias, Training || RunningMean is null, momentum, Epsilon);
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
