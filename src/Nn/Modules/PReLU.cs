namespace Nabla;

/// <summary>x where x &gt; 0, else weight * x. Parameter: <c>weight</c> [1], or one for each channel. Source: He et al., 2015. PyTorch: <c>torch.nn.PReLU</c>.</summary>
public sealed class PReLU : Module
{
    /// <summary>Creates the layer.</summary>
    /// <param name="numParameters">1, or the number of channels.</param>
    /// <param name="init">Where the slopes start.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="device">Where; by default the scope's device.</param>
    public PReLU(long numParameters = 1, double init = 0.25, DType dtype = DType.Float32, Device? device = null) =>
        Weight = AddParameter(Tensor.Full([numParameters], init, dtype, device), "weight");

    /// <summary>The slopes.</summary>
    public Tensor Weight { get; }

    /// <inheritdoc/>
    /// <exception cref="ShapeException">There are neither one slope nor as many as the input has channels (dimension 1).</exception>
    public override Tensor Forward(Tensor input) => Functional.PRelu(input, Weight);
}
