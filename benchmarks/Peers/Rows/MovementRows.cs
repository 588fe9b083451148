using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Copies into another order, and rows picked or added by index.</summary>
internal static class MovementRows
{
    private static readonly Draw Numbers = Draws.Uniform(-1, 1);

    public static IReadOnlyDictionary<string, Operation> Table { get; } = new Dictionary<string, Operation>
    {
        ["transpose-copy"] = new(
            (_, x) => x[0].MT.Contiguous(),
            (_, x) =>
            {
                using var view = x[0].transpose(-2, -1);
                return view.contiguous();
            },
            Numbers),
        ["permute-heads-copy"] = Permuted(0, 2, 1, 3),
        ["permute-channels-copy"] = Permuted(0, 2, 3, 1),
        ["concat"] = new((r, x) => Tensor.Cat(x, r.Dim), (r, x) => Torch.cat(x, r.Dim), Numbers),
        ["gather"] = new((r, x) => x[0].Gather(r.Dim, x[1]), (r, x) => x[0].gather(r.Dim, x[1]), Numbers, Draws.IndexInto(0, r => r.Dim)),
        ["embedding"] = new(
            (_, x) => Functional.Embedding(x[1], x[0]),
            (_, x) => x[0].index_select(0, x[1]), // what libtorch's embedding does; TorchSharp has it only as a module
            Numbers, Draws.IndexInto(0, _ => 0)),
        ["scatter-add"] = new(
            (r, x) => x[0].ScatterAdd(r.Dim, x[1], x[2]),
            (r, x) => x[0].scatter_add(r.Dim, x[1], x[2]),
            Numbers, Draws.IndexInto(0, r => r.Dim), Numbers),
    };

    private static Operation Permuted(params int[] order)
    {
        long[] wide = [.. order];
        return new(
            (_, x) => x[0].Permute(order).Contiguous(),
            (_, x) =>
            {
                using var view = x[0].permute(wide);
                return view.contiguous();
            },
            Numbers);
    }
}
