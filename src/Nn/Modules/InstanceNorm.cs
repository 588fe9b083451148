namespace Nabla;

/// <summary>
/// Normalizes each channel of each example: (x - mean) / sqrt(var + eps) * weight + bias; in evaluation, where they are tracked, by running averages.
/// Parameters: <c>weight</c>, <c>bias</c> [channels]; buffers: <c>running_mean</c>, <c>running_var</c> [channels], and <c>num_batches_tracked</c>, which
/// stays 0, as in PyTorch. Without a batch, the first dimension is missing. Source: Ulyanov, Vedaldi and Lempitsky, 2016. PyTorch:
/// <c>torch.nn.InstanceNorm1d</c> and its like, of which each takes inputs of its own number of dimensions.
/// </summary>
public abstract class InstanceNorm : ChannelNorm
{
    private readonly int _rank;

    private protected InstanceNorm(int rank, long numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType dtype, Device? device)
        : base(numFeatures, eps, momentum, affine, trackRunningStats, dtype, device) => _rank = rank;

    /// <inheritdoc/>
    /// <exception cref="ShapeException">
    /// The input has not as many dimensions as the layer takes, or not as many channels as it has parameters, or a channel of an example is one value.
    /// </exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public override Tensor Forward(Tensor input)
    {
        if (input.Dim != _rank && input.Dim != _rank - 1)
            throw new ShapeException(GetType().Name, $"{input.Shape} has {input.Dim} dimensions; {_rank}, or {_rank - 1} without a batch, are taken.");
        bool single = input.Dim < _rank;
        using var temporaries = TemporaryScope.Open();
        var y = Functional.InstanceNorm(
            single ? input.Unsqueeze(0) : input, RunningMean, RunningVar, Weight, Bias, useInputStats: Training || RunningMean is null, Momentum ?? 0, Epsilon);
        return temporaries.Keep(single ? y.Squeeze(0) : y);
    }
}

/// <summary><see cref="InstanceNorm"/> of [n, channels, length]. PyTorch: <c>torch.nn.InstanceNorm1d</c>.</summary>
/// <param name="numFeatures">How many channels.</param>
/// <param name="eps">Added to the variance.</param>
/// <param name="momentum">The weight of a batch in the averages; null: they stay as they are, as in PyTorch.</param>
/// <param name="affine">Whether there are parameters.</param>
/// <param name="trackRunningStats">Whether there are averages; without, evaluation uses the input's own statistics, too.</param>
/// <param name="dtype">The element type.</param>
/// <param name="device">Where; by default the scope's device.</param>
public sealed class InstanceNorm1d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType dtype = DType.Float32, Device? device = null)
    : InstanceNorm(3, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);

/// <summary><see cref="InstanceNorm"/> of [n, channels, height, width]. PyTorch: <c>torch.nn.InstanceNorm2d</c>.</summary>
/// <inheritdoc cref="InstanceNorm1d"/>
public sealed class InstanceNorm2d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType dtype = DType.Float32, Device? device = null)
    : InstanceNorm(4, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);

/// <summary><see cref="InstanceNorm"/> of [n, channels, depth, height, width]. PyTorch: <c>torch.nn.InstanceNorm3d</c>.</summary>
/// <inheritdoc cref="InstanceNorm1d"/>
public sealed class InstanceNorm3d(long numFeatures, double eps = 1e-5, double? momentum = 0.1, bool affine = false, bool trackRunningStats = false, DType dtype = DType.Float32, Device? device = null)
    : InstanceNorm(5, numFeatures, eps, momentum, affine, trackRunningStats, dtype, device);
