namespace Nabla;

/// <summary>
/// (x - mean) / sqrt(var + eps) * weight + bias over the last dimensions. Parameters: <c>weight</c>, <c>bias</c>, of the normalized shape. Source: Ba, Kiros
/// and Hinton, 2016. PyTorch: <c>torch.nn.LayerNorm</c>.
/// </summary>
public sealed class LayerNorm : Module
{
    private readonly long[] _shape;
    private readonly double _eps;

    /// <summary>Creates the layer; weights start as ones, the bias as zeros.</summary>
    /// <param name="normalizedShape">The last sizes of the input, over which it is normalized.</param>
    /// <param name="eps">Added to the variance.</param>
    /// <param name="elementwiseAffine">Whether there are parameters.</param>
    /// <param name="bias">Whether there are summands among them.</param>
    /// <param name="dtype">Their element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    public LayerNorm(ReadOnlySpan<long> normalizedShape, double eps = 1e-5, bool elementwiseAffine = true, bool bias = true, DType dtype = DType.Float32, Device? device = null)
    {
        (_shape, _eps) = (normalizedShape.ToArray(), eps);
        if (!elementwiseAffine)
            return;
        Weight = AddParameter(Tensor.Ones(_shape, dtype, device), "weight");
        if (bias)
            Bias = AddParameter(Tensor.Zeros(_shape, dtype, device), "bias");
    }

    /// <summary>The factors, or null.</summary>
    public Tensor? Weight { get; }

    /// <summary>The summands, or null.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">The input does not end in the normalized shape.</exception>
    public override Tensor Forward(Tensor input) => Functional.LayerNorm(input, _shape, Weight, Bias, _eps);
}
