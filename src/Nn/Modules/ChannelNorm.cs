namespace Nabla;

/// <summary>What <see cref="BatchNorm"/> and <see cref="InstanceNorm"/> have in common: parameters and running averages of each channel.</summary>
public abstract class ChannelNorm : Module
{
    private protected ChannelNorm(long numFeatures, double eps, double? momentum, bool affine, bool trackRunningStats, DType dtype, Device? device)
    {
        (Epsilon, Momentum) = (eps, momentum);
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

    /// <summary>How many batches the averages hold, or null; an <see cref="InstanceNorm"/> does not count. PyTorch: <c>num_batches_tracked</c>.</summary>
    public Tensor? BatchesTracked { get; }

    private protected double? Momentum { get; }

    private protected double Epsilon { get; }
}
