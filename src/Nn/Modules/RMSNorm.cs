namespace Nabla;

/// <summary>
/// x / sqrt(mean(x^2) + eps) * weight over the last dimensions. Parameter: <c>weight</c>, of the normalized shape. Source: Zhang and Sennrich, 2019.
/// PyTorch: <c>torch.nn.RMSNorm</c>.
/// </summary>
public sealed class RMSNorm : Module
{
    private readonly long[] _shape;
    private readonly double? _eps;

    /// <summary>Creates the layer; weights start as ones.</summary>
    /// <param name="normalizedShape">The last sizes of the input, over which it is normalized.</param>
    /// <param name="eps">Added to the mean; by default the distance from 1 to the next number of the input's element type, of float32 for half types.</param>
    /// <param name="elementwiseAffine">Whether there is a parameter.</param>
    /// <param name="dtype">Its element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    public RMSNorm(ReadOnlySpan<long> normalizedShape, double? eps = null, bool elementwiseAffine = true, DType dtype = DType.Float32, Device? device = null)
    {
        (_shape, _eps) = (normalizedShape.ToArray(), eps);
        if (elementwiseAffine)
            Weight = AddParameter(Tensor.Ones(_shape, dtype, device), "weight");
    }

    /// <summary>The factors, or null.</summary>
    public Tensor? Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input does not end in the normalized shape.</exception>
    /// <exception cref="DTypeException">The input is not floating point.</exception>
    public override Tensor Forward(Tensor input) => Functional.RmsNorm(input, _shape, Weight, _eps);
}
