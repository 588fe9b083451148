using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Whole training steps of a perceptron: forward, loss, backward, update.</summary>
internal static class TrainingRows
{
    public static IReadOnlyDictionary<string, RowKind> Table { get; } = new Dictionary<string, RowKind>
    {
        ["train-sgd"] = Kind(p => new SGD(p, Mlp.SgdRate), p => Torch.optim.SGD(p, Mlp.SgdRate)),
        ["train-adam"] = Kind(p => new Adam(p, Mlp.AdamRate), p => Torch.optim.Adam(p, Mlp.AdamRate)),
    };

    private static CallKind Kind(
        Func<IEnumerable<Tensor>, Optimizer> ours, Func<IEnumerable<TorchSharp.Modules.Parameter>, Torch.optim.Optimizer> peer) => new(
        (row, engine) => new OurTraining(Mlp.Of(row), engine, ours),
        (row, engine) => new PeerTraining(Mlp.Of(row), engine, peer),
        _ => CallKind.Float32Tolerance);
}
