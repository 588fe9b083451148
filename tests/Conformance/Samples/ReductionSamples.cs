using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Sum, prod, amax, amin, argmax and argmin.</summary>
internal static class ReductionSamples
{
    private static readonly int[][] Axes = [[0], [1], [2], [0, 2], [1, 2], [0, 1, 2]];

    public static IEnumerable<Sample> All()
    {
        (string Name, Func<ValueArray<int>, bool, Op> Op, DType[] DTypes, Func<SampleData, Shape, Values> Data)[] reductions =
        [
            ("sum", ReduceOp.Sum, Kinds.Numeric, (d, s) => d.Uniform(s, -9, 9)),
            ("prod", ReduceOp.Prod, Kinds.Numeric, (d, s) => d.DType.IsFloatingPoint() ? d.Uniform(s, 0.8, 1.25) : d.Uniform(s, -3, 3)),
            ("amax", ReduceOp.Max, Kinds.Any, (d, s) => d.Distinct(s)),
            ("amin", ReduceOp.Min, Kinds.Any, (d, s) => d.Distinct(s)),
        ];
        return [.. reductions.SelectMany(r => Of(r.Name, r.Op, r.DTypes, r.Data)), .. Of("argmax", ArgReduceOp.Max), .. Of("argmin", ArgReduceOp.Min), .. Extremes()];
    }

    private static IEnumerable<Sample> Of(string name, Func<ValueArray<int>, bool, Op> op, DType[] dtypes, Func<SampleData, Shape, Values> data)
    {
        double slack = name is "sum" or "prod" ? 8 : 0;
        for (int i = 0; i < Axes.Length; i++)
        {
            ValueArray<int> axes = [.. Axes[i]];
            bool keep = i % 2 == 1;
            yield return new() { Name = $"{name}/axes{string.Join("-", Axes[i])}", Op = _ => op(axes, keep), Inputs = d => [data(d, [3, 4, 5])], DTypes = dtypes, Slack = slack, Smooth = true };
        }

        yield return new() { Name = $"{name}/long-row", Op = _ => op([1], false), Inputs = d => [data(d, [2, 131])], DTypes = dtypes, Slack = slack * 4 };
        yield return new() { Name = $"{name}/long-column", Op = _ => op([0], true), Inputs = d => [data(d, [67, 19])], DTypes = dtypes, Slack = slack * 4 };
        yield return new() { Name = $"{name}/large", Op = _ => op([0, 2], false), Inputs = d => [data(d, [70, 9, 71])], DTypes = [DType.Float32], Slack = slack * 16 };
        yield return new() { Name = $"{name}/without-dimensions", Op = _ => op([], false), Inputs = d => [data(d, [])], DTypes = dtypes, Slack = slack };
        yield return new() { Name = $"{name}/no-result", Op = _ => op([1], false), Inputs = d => [data(d, [0, 3])], DTypes = dtypes, Slack = slack };
        if (name is "sum" or "prod")
            yield return new() { Name = $"{name}/of-nothing", Op = _ => op([0], false), Inputs = d => [data(d, [0, 3])], DTypes = dtypes, Slack = slack };
    }

    private static IEnumerable<Sample> Of(string name, Func<int, bool, Op> op)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int a = axis;
            yield return new() { Name = $"{name}/axis{a}", Op = _ => op(a, a == 1), Inputs = d => [d.Distinct([3, 4, 5])], DTypes = Kinds.Numeric, Slack = 0 };
        }

        yield return new() { Name = $"{name}/ties", Op = _ => op(1, false), Inputs = d => [d.Uniform([5, 67], 0, 3)], DTypes = Kinds.Integer, Slack = 0 };
        yield return new() { Name = $"{name}/ties-float", Op = _ => op(0, true), Inputs = d => [d.Grid([67, 5], -1, 1, 0.5)], Slack = 0 };
        yield return new()
        {
            Name = $"{name}/nan",
            Op = _ => op(1, false),
            Inputs = d => [d.Of([3, 4], 1, double.NaN, 3, double.NaN, double.PositiveInfinity, 2, double.NegativeInfinity, 9, double.NaN, 1, double.PositiveInfinity, -1)],
            Slack = 0,
        };
        yield return new() { Name = $"{name}/no-result", Op = _ => op(1, false), Inputs = d => [d.Uniform([0, 3], 0, 3)], DTypes = Kinds.Numeric, Slack = 0 };
    }

    /// <summary>NaN wins wherever it stands; infinities are ordinary.</summary>
    private static IEnumerable<Sample> Extremes()
    {
        double[] rows = [1, double.NaN, 3, 2, double.PositiveInfinity, 2, double.NegativeInfinity, 9, double.NaN, 1, double.PositiveInfinity, -1, -3, -2, -1, double.NaN];
        foreach (var (name, op) in new (string, Op)[]
        {
            ("amax", ReduceOp.Max([1], false)), ("amin", ReduceOp.Min([1], false)), ("sum", ReduceOp.Sum([1], false)), ("prod", ReduceOp.Prod([1], false)),
        })
            yield return new() { Name = $"{name}/special", Op = _ => op, Inputs = d => [d.Of([4, 4], rows)] };
        yield return new() { Name = "amax/nan-far", Op = _ => ReduceOp.Max([0, 1], false), Inputs = d => [WithNaN(d, 97)] };
        yield return new() { Name = "amin/nan-far", Op = _ => ReduceOp.Min([0, 1], false), Inputs = d => [WithNaN(d, 3)] };
        yield return new() { Name = "amax/nan-column", Op = _ => ReduceOp.Max([0], false), Inputs = d => [WithNaN(d, 50)] };
    }

    private static Values WithNaN(SampleData d, int at)
    {
        var values = d.Uniform([7, 15], -5, 5);
        values.Reals[at] = double.NaN;
        return values;
    }
}
