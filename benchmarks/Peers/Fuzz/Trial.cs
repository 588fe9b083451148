using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>One call to compare: operands, and the function on each side.</summary>
/// <param name="Operands">What it is called with.</param>
/// <param name="Ours">The call on Nabla's side.</param>
/// <param name="Peers">The call on the peer's.</param>
internal sealed record Trial(Operand[] Operands, Func<Operand[], Tensor[]> Ours, Func<Operand[], Torch.Tensor[]> Peers)
{
    public Trial(Operand[] operands, Func<Operand[], Tensor> ours, Func<Operand[], Torch.Tensor> peers)
        : this(operands, x => [ours(x)], x => [peers(x)])
    {
    }

    /// <summary>What else the call depends on, for the report.</summary>
    public string Arguments { get; init; } = "";

    /// <summary>By how much the usual tolerance is multiplied.</summary>
    public double Slack { get; init; } = 1;

    /// <summary>How often it is differentiated: not at all, once, twice.</summary>
    public int Order { get; init; } = 2;

    public override string ToString() => $"({string.Join("; ", Operands.AsEnumerable())}) {Arguments}";
}
