using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Attention and its gradient.</summary>
internal static class AttentionSamples
{
    private enum Mask
    {
        None,
        Causal,
        Bool,
        Added,
    }

    /// <summary>Keys of which the first and the third, which <see cref="OddColumns"/> hides, have scores that are not finite.</summary>
    private static readonly (string Name, double[] Keys)[] Hidden =
    [
        ("hidden-nan", [double.NaN, 1, 0.25, 0.75, double.NaN, double.NaN]),
        ("hidden-infinity", [double.PositiveInfinity, 1, 0.25, 0.75, double.NegativeInfinity, 2]),
    ];

    private static Values OddColumns => SampleData.Of(DType.Bool, [4], 0, 1, 0, 1);

    public static IEnumerable<Sample> All()
    {
        foreach (var mask in Enum.GetValues<Mask>())
        {
            string name = $"{mask}".ToLowerInvariant();
            yield return Forward($"attention/{name}", mask, [2, 3, 4], 5, 3);
            yield return Backward($"attention_backward/{name}", mask, [2, 3, 4], 5, 3);
        }

        yield return Forward("attention/one-head", Mask.None, [3, 2], 3, 2) with { Smooth = true };
        yield return Forward("attention/wide", Mask.Causal, [1, 150, 33], 140, 17) with { Smooth = false, Slack = 16 };
        yield return Backward("attention_backward/wide", Mask.Causal, [1, 150, 33], 140, 17) with { Smooth = false, DTypes = Kinds.Wide, Slack = 64 };
        yield return new()
        {
            Name = "attention/nothing-kept",
            Op = _ => new AttentionOp(Causal: false, Masked: true),
            Inputs = d => [d.Uniform([2, 3], -1, 1), d.Uniform([2, 3], -1, 1), d.Uniform([2, 3], -1, 1), SampleData.Of(DType.Bool, [2, 2], 0, 0, 1, 0)],
            Scalars = _ => [0.5],
            Slack = 4,
        };
        foreach (var (name, hidden) in Hidden)
        {
            yield return new()
            {
                Name = $"attention/{name}",
                Op = _ => new AttentionOp(Causal: false, Masked: true),
                Inputs = d => [d.Uniform([2, 2], 0.1, 1), d.Of([4, 2], [.. hidden, 0.5, -0.5]), d.Of([4, 2], [.. hidden.Select(Finite), 1, 2]), OddColumns],
                Scalars = _ => [0.5],
                Slack = 4,
            };
            yield return new()
            {
                Name = $"attention_backward/{name}",
                Op = _ => new AttentionBackwardOp(Causal: false, Masked: true),
                Inputs = d =>
                [
                    d.Uniform([2, 2], -1, 1), d.Uniform([2, 2], 0.1, 1), d.Of([4, 2], [.. hidden, 0.5, -0.5]), d.Of([4, 2], [.. hidden.Select(Finite), 1, 2]),
                    d.Uniform([2, 1], 1, 2, d.DType.Accumulator()), d.Uniform([2, 1], -1, 1, d.DType.Accumulator()), OddColumns,
                ],
                Scalars = _ => [0.5],
                Slack = 8,
            };
        }

        yield return new()
        {
            // A weight of 0 times what is not finite is NaN.
            Name = "attention/hidden-value",
            Op = _ => new AttentionOp(Causal: false, Masked: true),
            Inputs = d => [d.Uniform([2, 2], 0.1, 1), d.Uniform([4, 2], -1, 1), d.Of([4, 2], double.NaN, 1, 2, 3, 4, double.PositiveInfinity, 5, 6), OddColumns],
            Scalars = _ => [0.5],
            Slack = 4,
        };
        yield return Forward("attention/no-rows", Mask.None, [0, 4], 3, 2) with { Smooth = false };
        yield return Forward("attention/no-columns", Mask.None, [3, 4], 0, 2) with { Smooth = false };
    }

    private static double Finite(double x) => double.IsFinite(x) ? x : 1;

    private static Sample Forward(string name, Mask mask, Shape query, long keys, long width) => new()
    {
        Name = name,
        Op = _ => new AttentionOp(mask == Mask.Causal, mask is Mask.Bool or Mask.Added),
        Inputs = d => [.. Parts(d, query, keys, width), .. Masks(d, mask, query, keys)],
        Scalars = _ => [0.7],
        Slack = 8,
        Smooth = mask != Mask.Added, // a mask that is added has no gradient here: what needs one is computed in parts
    };

    private static Sample Backward(string name, Mask mask, Shape query, long keys, long width) => new()
    {
        Name = name,
        Op = _ => new AttentionBackwardOp(mask == Mask.Causal, mask is Mask.Bool or Mask.Added),
        Inputs = d =>
        [
            d.Uniform([.. query.AsSpan()[..^1], width], -1, 1), .. Parts(d, query, keys, width),
            d.Uniform([.. query.AsSpan()[..^1], 1], 4, 6, d.DType.Accumulator()), d.Uniform([.. query.AsSpan()[..^1], 1], -1, 1, d.DType.Accumulator()),
            .. Masks(d, mask, query, keys),
        ],
        Scalars = _ => [0.7],
        Slack = 16,
        Smooth = true,
    };

    private static Values[] Parts(SampleData d, Shape query, long keys, long width)
    {
        ReadOnlySpan<long> heads = query.AsSpan()[..^2];
        return [d.Uniform(query, -1, 1), d.Uniform([.. heads, keys, query[^1]], -1, 1), d.Uniform([.. heads, keys, width], -1, 1)];
    }

    private static Values[] Masks(SampleData d, Mask mask, Shape query, long keys)
    {
        if (mask == Mask.Added)
            return [d.Uniform([query[^2], keys], -2, 2)];
        if (mask != Mask.Bool)
            return [];
        // Every row keeps something.
        return [SampleData.Of(DType.Bool, [query[^2], keys], [.. Enumerable.Range(0, (int)(query[^2] * keys)).Select(i => i % 3 == 1 ? 0.0 : 1.0)])];
    }
}
