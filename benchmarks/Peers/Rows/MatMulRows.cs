namespace Nabla.Peers;

/// <summary>Matrix products; shapes are those of the stored inputs, and a T says which of them is transposed.</summary>
internal static class MatMulRows
{
    private static readonly Draw Numbers = Draws.Uniform(-1, 1);

    public static IReadOnlyDictionary<string, Operation> Table { get; } = new Dictionary<string, Operation>
    {
        ["matmul-nn"] = new((_, x) => x[0].MatMul(x[1]), (_, x) => x[0].matmul(x[1]), Numbers),
        ["matmul-nt"] = new(
            (_, x) => x[0].MatMul(x[1].MT),
            (_, x) =>
            {
                using var transposed = x[1].transpose(-2, -1);
                return x[0].matmul(transposed);
            },
            Numbers),
        ["matmul-tn"] = new(
            (_, x) => x[0].MT.MatMul(x[1]),
            (_, x) =>
            {
                using var transposed = x[0].transpose(-2, -1);
                return transposed.matmul(x[1]);
            },
            Numbers),
    };
}
