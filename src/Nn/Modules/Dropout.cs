namespace Nabla;

/// <summary>In training, each element is dropped with probability p and the others are scaled by 1 / (1 - p). PyTorch: <c>torch.nn.Dropout</c>.</summary>
/// <param name="p">The probability.</param>
public sealed class Dropout(double p = 0.5) : Module
{
    /// <inheritdoc/>
    public override Tensor Forward(Tensor input) => Functional.Dropout(input, p, Training);
}
