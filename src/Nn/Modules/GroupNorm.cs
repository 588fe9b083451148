namespace Nabla;

/// <summary>
/// Normalizes the channels of [n, channels, ..] in groups, each example for itself: (x - mean) / sqrt(var + eps) * weight + bias, mean and variance
/// those of a group, weight and bias those of a channel. Parameters: <c>weight</c>, <c>bias</c> [channels]. Source: Wu and
/// He, 2018. PyTorch: <c>torch.nn.GroupNorm</c>.
/// </summary>
public sealed class GroupNorm : Module
{
    private readonly long _groups;
    private readonly double _eps;

    /// <summary>Creates the layer; weights start as ones, the bias as zeros.</summary>
    /// <param name="numGroups">How many groups.</param>
    /// <param name="numChannels">How many channels; a multiple of the groups.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="affine">Whether there are parameters.</param>
    /// <param name="dtype">Their element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <exception cref="TensorArgumentException">The channels do not divide into the groups.</exception>
    public GroupNorm(long numGroups, long numChannels, double eps = 1e-5, bool affine = true, DType dtype = DType.Float32, Device? device = null)
    {
        if (numGroups <= 0 || numChannels % numGroups != 0)
            throw new TensorArgumentException("GroupNorm", $"{numChannels} channels do not divide into {numGroups} groups.");
        (_groups, _eps) = (numGroups, eps);
        if (!affine)
            return;
        Weight = AddParameter(Tensor.Ones([numChannels], dtype, device), "weight");
        Bias = AddParameter(Tensor.Zeros([numChannels], dtype, device), "bias");
    }

    /// <summary>The factors, or null.</summary>
    public Tensor? Weight { get; }

    /// <summary>The summands, or null.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The channels (dimension 1) do not divide into the groups, or are not as many as the parameters.</exception>
    public override Tensor Forward(Tensor input) => Functional.GroupNorm(input, _groups, Weight, Bias, _eps);
}
