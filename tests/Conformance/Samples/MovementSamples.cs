namespace Nabla.Tests.Samples;

/// <summary>Pad, cat, gather, scatter_add and slice_scatter.</summary>
internal static class MovementSamples
{
    public static IEnumerable<Sample> All() => [.. Pad(), .. Concat(), .. Gather(), .. ScatterAdd(), .. SliceScatter()];

    private static IEnumerable<Sample> Pad()
    {
        var values = new Sample
        {
            Name = "pad/both",
            Op = _ => new PadOp([1, 0, 2], [0, 3, 1]),
            Inputs = d => [d.Uniform([2, 3, 4], -9, 9)],
            Scalars = t => [t == DType.Bool ? true : t.IsFloatingPoint() ? 1.5 : 7],
            DTypes = Kinds.Any,
            Slack = 0,
            Smooth = true,
        };
        yield return values;
        yield return values with { Name = "pad/empty", Op = _ => new PadOp([1, 2], [1, 0]), Inputs = d => [d.Uniform([0, 3], -9, 9)], Smooth = false };
        yield return values with { Name = "pad/nothing", Op = _ => new PadOp([0], [0]), Inputs = d => [d.Uniform([9], -9, 9)] };
        yield return values with { Name = "pad/without-dimensions", Op = _ => new PadOp([], []), Inputs = d => [d.Uniform([], -9, 9)] };
        yield return values with { Name = "pad/infinity", Op = _ => new PadOp([2], [2]), Inputs = d => [d.Uniform([3], -9, 9)], Scalars = _ => [double.NegativeInfinity], DTypes = Kinds.Float, Smooth = false };
    }

    private static IEnumerable<Sample> Concat()
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int a = axis;
            Shape Of(long size) => [a == 0 ? size : 2, a == 1 ? size : 3, a == 2 ? size : 4];
            yield return new()
            {
                Name = $"cat/axis{a}",
                Op = _ => new ConcatOp(a),
                Inputs = d => [d.Uniform(Of(3), -9, 9), d.Uniform(Of(1), -9, 9), d.Uniform(Of(5), -9, 9)],
                DTypes = Kinds.Any,
                Slack = 0,
                Smooth = true,
            };
        }

        yield return new() { Name = "cat/with-empty", Op = _ => new ConcatOp(0), Inputs = d => [d.Uniform([0, 2], -9, 9), d.Uniform([3, 2], -9, 9), d.Uniform([0, 2], -9, 9)], DTypes = Kinds.Any, Slack = 0 };
        yield return new() { Name = "cat/one", Op = _ => new ConcatOp(1), Inputs = d => [d.Uniform([3, 2], -9, 9)], DTypes = Kinds.Any, Slack = 0, Smooth = true };
        yield return new() { Name = "cat/many", Op = _ => new ConcatOp(0), Inputs = d => [.. Enumerable.Range(1, 20).Select(i => d.Uniform([i], -9, 9))], DTypes = [DType.Float32, DType.Int64], Slack = 0 };
    }

    private static IEnumerable<Sample> Gather()
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int a = axis;
            yield return new()
            {
                Name = $"gather/axis{a}",
                Op = _ => new GatherOp(a),
                // Along the axis the index may be longer, elsewhere shorter than the source.
                Inputs = d => [d.Uniform([3, 4, 5], -9, 9), d.Indices(a == 0 ? [6, 3, 5] : a == 1 ? [2, 7, 5] : [3, 4, 2], 3 + a)],
                DTypes = Kinds.Any,
                Slack = 0,
                Smooth = true,
            };
        }

        yield return new() { Name = "gather/without-dimensions", Op = _ => new GatherOp(0), Inputs = d => [d.Uniform([], -9, 9), d.Indices([], 1)], DTypes = Kinds.Any, Slack = 0 };
        yield return new() { Name = "gather/nothing", Op = _ => new GatherOp(1), Inputs = d => [d.Uniform([3, 4], -9, 9), d.Indices([3, 0], 4)], DTypes = Kinds.Any, Slack = 0 };
    }

    private static IEnumerable<Sample> ScatterAdd()
    {
        for (int axis = 0; axis < 2; axis++)
        {
            int a = axis;
            yield return new()
            {
                Name = $"scatter_add/axis{a}",
                Op = _ => new ScatterAddOp(a),
                // Nine rows into three: many meet. The source is larger than the index.
                Inputs = d => [d.Uniform(a == 0 ? [3, 4] : [4, 3], -9, 9), d.Indices(a == 0 ? [9, 4] : [4, 9], 3), d.Uniform(a == 0 ? [10, 5] : [4, 11], -9, 9)],
                DTypes = Kinds.Numeric,
                Slack = 4,
                Smooth = true,
            };
        }

        yield return new() { Name = "scatter_add/nothing", Op = _ => new ScatterAddOp(0), Inputs = d => [d.Uniform([3], -9, 9), d.Indices([0], 3), d.Uniform([0], -9, 9)], DTypes = Kinds.Numeric, Slack = 0 };
        yield return new() { Name = "scatter_add/without-dimensions", Op = _ => new ScatterAddOp(0), Inputs = d => [d.Uniform([], -9, 9), d.Indices([], 1), d.Uniform([], -9, 9)], DTypes = Kinds.Numeric };
        yield return new() { Name = "scatter_add/large", Op = _ => new ScatterAddOp(0), Inputs = d => [d.Uniform([11], -9, 9), d.Indices([5000], 11), d.Uniform([5000], -9, 9)], DTypes = [DType.Float32, DType.Int32], Slack = 64 };
    }

    private static IEnumerable<Sample> SliceScatter()
    {
        var values = new Sample
        {
            Name = "slice_scatter/steps",
            Op = _ => new SliceScatterOp(new([1, 6, 0], [2, 3, 3], [1, -2, 2])),
            Inputs = d => [d.Uniform([3, 7, 6], -9, 9), d.Uniform([2, 3, 3], -9, 9)],
            DTypes = Kinds.Any,
            Slack = 0,
            Smooth = true,
        };
        yield return values;
        yield return values with { Name = "slice_scatter/all", Op = _ => new SliceScatterOp(new([0], [5], [1])), Inputs = d => [d.Uniform([5], -9, 9), d.Uniform([5], -9, 9)] };
        yield return values with { Name = "slice_scatter/nothing", Op = _ => new SliceScatterOp(new([0, 0], [0, 2], [1, 1])), Inputs = d => [d.Uniform([5, 2], -9, 9), d.Uniform([0, 2], -9, 9)] };
        yield return values with { Name = "slice_scatter/without-dimensions", Op = _ => new SliceScatterOp(new([], [], [])), Inputs = d => [d.Uniform([], -9, 9), d.Uniform([], -9, 9)] };
    }
}
