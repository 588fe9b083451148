using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Functions of each element; broadcasts follow from the shapes.</summary>
internal static class ElementwiseRows
{
    private static readonly Draw Numbers = Draws.Uniform(-3, 3), Positive = Draws.Uniform(0.01, 10), Angles = Draws.Uniform(-10, 10);

    public static IReadOnlyDictionary<string, Operation> Table { get; } = new Dictionary<string, Operation>
    {
        ["exp"] = new((_, x) => x[0].Exp(), (_, x) => x[0].exp(), Numbers),
        ["tanh"] = new((_, x) => x[0].Tanh(), (_, x) => x[0].tanh(), Numbers),
        ["sigmoid"] = new((_, x) => x[0].Sigmoid(), (_, x) => x[0].sigmoid(), Numbers),
        ["log"] = new((_, x) => x[0].Log(), (_, x) => x[0].log(), Positive),
        ["sin"] = new((_, x) => x[0].Sin(), (_, x) => x[0].sin(), Angles),
        ["gelu"] = new((_, x) => Functional.Gelu(x[0]), (_, x) => Torch.nn.functional.gelu(x[0]), Numbers),
        ["erf"] = new((_, x) => x[0].Erf(), (_, x) => x[0].erf(), Numbers),
        ["add"] = new((_, x) => x[0].Add(x[1]), (_, x) => x[0].add(x[1]), Numbers),
        ["mul"] = new((_, x) => x[0].Mul(x[1]), (_, x) => x[0].mul(x[1]), Numbers),
        ["where"] = new((_, x) => Tensor.Where(x[0], x[1], x[2]), (_, x) => Torch.where(x[0], x[1], x[2]), Draws.Mask, Numbers),
        ["compare"] = new((_, x) => x[0].Lt(x[1]), (_, x) => x[0].lt(x[1]), Numbers),
        ["cast-float64"] = new((_, x) => x[0].To(DType.Float64), (_, x) => x[0].to(Torch.float64), Numbers),
    };
}
