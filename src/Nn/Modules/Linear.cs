namespace Nabla;

/// <summary>y = x W^T + b. Parameters: <c>weight</c> [out, in], <c>bias</c> [out]. PyTorch: <c>torch.nn.Linear</c>.</summary>
public sealed class Linear : Module
{
    /// <summary>Creates the layer; both start uniform within 1 / sqrt(in).</summary>
    /// <param name="inFeatures">The last size of the input.</param>
    /// <param name="outFeatures">The last size of the output.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <param name="generator">Where the numbers come from; by default the scope's.</param>
    public Linear(long inFeatures, long outFeatures, bool bias = true, DType dtype = DType.Float32, Device? device = null, Generator? generator = null)
    {
        double bound = inFeatures > 0 ? 1 / Math.Sqrt(inFeatures) : 0;
        Weight = AddParameter(Init.Uniform([outFeatures, inFeatures], -bound, bound, dtype, device, generator), "weight");
        if (bias)
            Bias = AddParameter(Init.Uniform([outFeatures], -bound, bound, dtype, device, generator), "bias");
    }

    /// <summary>The weight.</summary>
    public Tensor Weight { get; }

    /// <summary>The bias, or null.</summary>
    public Tensor? Bias { get; }

    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => Forward(input, Activation.None);

    /// <summary>The layer with what follows it, in one go.</summary>
    internal Tensor Forward(Tensor input, Activation activation) => Functional.Linear(input, Weight, Bias, activation);
}
