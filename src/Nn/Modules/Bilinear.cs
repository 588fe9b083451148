namespace Nabla;

/// <summary>
/// y = x1 W x2 + b: y[.., o] = sum of x1[.., i] W[o, i, j] x2[.., j]. Parameters: <c>weight</c> [out, in1, in2], <c>bias</c> [out].
/// PyTorch: <c>torch.nn.Bilinear</c>.
/// </summary>
public sealed class Bilinear : Module
{
    /// <summary>Creates the layer; both start uniform within 1 / sqrt(in1).</summary>
    /// <param name="in1Features">The last size of the first input.</param>
    /// <param name="in2Features">The last size of the second input.</param>
    /// <param name="outFeatures">The last size of the output.</param>
    /// <param name="bias">Whether there is a bias.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    /// <param name="generator">Where the numbers come from; by default the scope's.</param>
    /// <exception cref="TensorArgumentException">The first input has no features.</exception>
    public Bilinear(
        long in1Features, long in2Features, long outFeatures, bool bias = true, DType dtype = DType.Float32, Device? device = null, Generator? generator = null)
    {
        if (in1Features <= 0)
            throw new TensorArgumentException("Bilinear", $"the first input has {in1Features} features; there is at least one.");
        double bound = 1 / Math.Sqrt(in1Features);
        Weight = AddParameter(Init.Uniform([outFeatures, in1Features, in2Features], -bound, bound, dtype, device, generator), "weight");
        if (bias)
            Bias = AddParameter(Init.Uniform([outFeatures], -bound, bound, dtype, device, generator), "bias");
    }

    /// <summary>The weight.</summary>
    public Tensor Weight { get; }

    /// <summary>The bias, or null.</summary>
    public Tensor? Bias { get; }

    /// <summary>Both inputs are this one: a quadratic form. For two inputs, see the other overload.</summary>
    /// <exception cref="ShapeException">The layer takes inputs of different sizes.</exception>
    public override Tensor Forward(Tensor input) => Forward(input, input);

    /// <summary>Computes the output.</summary>
    /// <param name="input1">[.., in1]</param>
    /// <param name="input2">[.., in2], with the same sizes before.</param>
    /// <exception cref="ShapeException">The sizes do not fit.</exception>
    public Tensor Forward(Tensor input1, Tensor input2) => Functional.Bilinear(input1, input2, Weight, Bias);
}
