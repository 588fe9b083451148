using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Mean, var, std, layer-norm, rms-norm and their gradients.</summary>
internal static class NormalizationSamples
{
    public static IEnumerable<Sample> All() => [.. Mean(), .. Var(), .. Std(), .. LayerNorm(), .. RmsNorm()];

    private static readonly (string Name, Shape Shape, ValueArray<int> Axes, bool KeepDim)[] Reductions =
    [
        ("last", [3, 4, 5], [2], false), ("first", [3, 4, 5], [0], true), ("two", [3, 4, 5], [0, 2], false), ("all", [3, 4, 5], [0, 1, 2], true), ("long", [3, 203], [1], false),
    ];

    private static IEnumerable<Sample> Mean()
    {
        foreach (var (name, shape, axes, keep) in Reductions)
            yield return new() { Name = $"mean/{name}", Op = _ => new MeanOp(axes, keep), Inputs = d => [d.Uniform(shape, -5, 5)], Slack = 4, Smooth = shape.ElementCount < 100 };
        yield return new() { Name = "mean/of-nothing", Op = _ => new MeanOp([0], false), Inputs = d => [d.Uniform([0, 3], -5, 5)] };
        yield return new() { Name = "mean/without-dimensions", Op = _ => new MeanOp([], false), Inputs = d => [d.Uniform([], -5, 5)], Smooth = true };
    }

    private static IEnumerable<Sample> Var()
    {
        foreach (var (name, shape, axes, keep) in Reductions)
        {
            double correction = keep ? 0 : 1;
            yield return new() { Name = $"var/{name}", Op = _ => new VarOp(axes, keep), Inputs = d => [d.Uniform(shape, -5, 5)], Scalars = _ => [correction], Slack = 8, Smooth = shape.ElementCount < 100 };
        }

        yield return new() { Name = "var/offset", Op = _ => new VarOp([1], false), Inputs = d => [d.Grid([2, 64], 1000, 1010, 0.5)], Scalars = _ => [1], DTypes = Kinds.Wide, Slack = 8 };
        yield return new() { Name = "var/of-one", Op = _ => new VarOp([1], false), Inputs = d => [d.Uniform([3, 1], -5, 5)], Scalars = _ => [1] };
        yield return new() { Name = "var/of-nothing", Op = _ => new VarOp([0], false), Inputs = d => [d.Uniform([0, 3], -5, 5)], Scalars = _ => [1] };
    }

    private static IEnumerable<Sample> Std()
    {
        foreach (var (name, shape, axes, keep) in Reductions)
        {
            double correction = keep ? 0 : 1;
            yield return new() { Name = $"std/{name}", Op = _ => new StdOp(axes, keep), Inputs = d => [d.Uniform(shape, -5, 5)], Scalars = _ => [correction], Slack = 8, Smooth = shape.ElementCount < 100 };
        }

        yield return new() { Name = "std/offset", Op = _ => new StdOp([1], false), Inputs = d => [d.Grid([2, 64], 1000, 1010, 0.5)], Scalars = _ => [1], DTypes = Kinds.Wide, Slack = 8 };
        yield return new() { Name = "std/equal", Op = _ => new StdOp([1], false), Inputs = d => [d.Of([1, 4], 3, 3, 3, 3)], Scalars = _ => [1] };
        yield return new() { Name = "std/of-one", Op = _ => new StdOp([1], false), Inputs = d => [d.Uniform([3, 1], -5, 5)], Scalars = _ => [1] };
        yield return new() { Name = "std/of-nothing", Op = _ => new StdOp([0], false), Inputs = d => [d.Uniform([0, 3], -5, 5)], Scalars = _ => [1] };
        // What float64 has room for, float32 has in some kernels alone: the remarks of the op say which.
        yield return new() { Name = "std/far", Op = _ => new StdOp([1], false), Inputs = d => [d.Of([2, 2], 1e20, -1e20, 1e-25, -1e-25)], Scalars = _ => [1], DTypes = [DType.Float64] };
    }

    private static readonly (string, Shape, int, bool)[] Norms =
    [
        ("plain", [4, 6], 1, false), ("affine", [4, 6], 1, true), ("two-dimensions", [3, 2, 5], 2, true), ("three", [2, 3, 7], 1, true), ("no-rows", [0, 6], 1, true),
    ];

    private static IEnumerable<Sample> LayerNorm()
    {
        foreach (var (name, shape, dims, affine) in Norms)
        {
            Shape normalized = [.. shape.AsSpan()[^dims..]];
            Values[] Forward(SampleData d) => [d.Uniform(shape, -3, 3), d.Uniform(normalized, 0.5, 2), d.Uniform(normalized, -1, 1)];
            yield return new()
            {
                Name = $"layer_norm/{name}",
                Op = _ => new LayerNormOp(dims, affine),
                Inputs = d => affine ? Forward(d) : Forward(d)[..1],
                Scalars = _ => [1e-5],
                Slack = 8,
                Smooth = shape.ElementCount > 0,
            };
            yield return new()
            {
                Name = $"layer_norm_backward/{name}",
                Op = _ => new LayerNormBackwardOp(dims, affine),
                Inputs = d => [.. new Values[] { d.Uniform(shape, -2, 2), d.Uniform(shape, -3, 3), Statistic(d, shape, dims, -0.5, 0.5), Statistic(d, shape, dims, 0.5, 0.8), d.Uniform(normalized, 0.5, 2) }.Take(affine ? 5 : 4)],
                Slack = 16,
                Smooth = shape.ElementCount > 0,
            };
        }
    }

    private static IEnumerable<Sample> RmsNorm()
    {
        foreach (var (name, shape, dims, affine) in Norms)
        {
            Shape normalized = [.. shape.AsSpan()[^dims..]];
            yield return new()
            {
                Name = $"rms_norm/{name}",
                Op = _ => new RmsNormOp(dims, affine),
                Inputs = d => [.. new[] { d.Uniform(shape, -3, 3), d.Uniform(normalized, 0.5, 2) }.Take(affine ? 2 : 1)],
                Scalars = _ => [1e-5],
                Slack = 8,
                Smooth = shape.ElementCount > 0,
            };
            yield return new()
            {
                Name = $"rms_norm_backward/{name}",
                Op = _ => new RmsNormBackwardOp(dims, affine),
                Inputs = d => [.. new[] { d.Uniform(shape, -2, 2), d.Uniform(shape, -3, 3), Statistic(d, shape, dims, 0.5, 0.8), d.Uniform(normalized, 0.5, 2) }.Take(affine ? 4 : 3)],
                Slack = 16,
                Smooth = shape.ElementCount > 0,
            };
        }
    }

    /// <summary>Mean or rstd: float32 for half types, sizes 1 where normalized.</summary>
    private static Values Statistic(SampleData d, Shape shape, int dims, double low, double high)
    {
        Shape kept = [.. shape.AsSpan()[..^dims], .. Enumerable.Repeat(1L, dims)];
        return d.Uniform(kept, low, high, d.DType.Accumulator());
    }
}
