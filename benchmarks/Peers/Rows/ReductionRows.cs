using Torch = TorchSharp.torch;

namespace Nabla.Peers;

/// <summary>Reductions, and what fuses them with elementwise functions.</summary>
internal static class ReductionRows
{
    private static readonly Draw Numbers = Draws.Uniform(-3, 3);

    public static IReadOnlyDictionary<string, Operation> Table { get; } = new Dictionary<string, Operation>
    {
        ["sum"] = new((r, x) => x[0].Sum(r.Dim), (r, x) => x[0].sum(r.Dim), Numbers),
        ["sum-all"] = new((_, x) => x[0].Sum(), (_, x) => x[0].sum(), Draws.Uniform(0, 1)),
        ["var"] = new((r, x) => x[0].Var(r.Dim), (r, x) => x[0].var(r.Dim), Numbers),
        ["argmax"] = new((r, x) => x[0].ArgMax(r.Dim), (r, x) => x[0].argmax(r.Dim), Numbers),
        ["amax"] = new((r, x) => x[0].AMax(r.Dim), (r, x) => x[0].amax([r.Dim]), Numbers),
        ["max"] = new(
            (r, x) =>
            {
                var (values, indices) = x[0].Max(r.Dim);
                indices.Dispose();
                return values;
            },
            (r, x) =>
            {
                var (values, indices) = x[0].max(r.Dim);
                indices.Dispose();
                return values;
            },
            Numbers),
        ["softmax"] = new((r, x) => x[0].Softmax(r.Dim), (r, x) => x[0].softmax(r.Dim), Numbers),
        ["log-softmax"] = new((r, x) => x[0].LogSoftmax(r.Dim), (r, x) => x[0].log_softmax(r.Dim), Numbers),
        ["layer-norm"] = new(
            (r, x) => Functional.LayerNorm(x[0], r.Shapes[1], x[1], x[2]),
            (r, x) => Torch.nn.functional.layer_norm(x[0], r.Shapes[1], x[1], x[2]),
            Numbers),
        ["cross-entropy"] = new(
            (_, x) => Functional.CrossEntropy(x[0], x[1]),
            (_, x) => Torch.nn.functional.cross_entropy(x[0], x[1]),
            Numbers, Draws.IndexInto(0, _ => 1)),
    };
}
