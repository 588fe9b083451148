namespace Nabla.Tests.Samples;

/// <summary>Softmax, log-softmax, their gradients, and logsumexp.</summary>
internal static class SoftmaxSamples
{
    public static IEnumerable<Sample> All()
    {
        (string Name, Func<int, Op> Op)[] functions = [("softmax", a => new SoftmaxOp(a)), ("log_softmax", a => new LogSoftmaxOp(a))];
        (string Name, Func<int, Op> Op)[] gradients = [("softmax_backward", a => new SoftmaxBackwardOp(a)), ("log_softmax_backward", a => new LogSoftmaxBackwardOp(a))];
        return [.. functions.SelectMany(f => Forward(f.Name, f.Op)), .. gradients.SelectMany(f => Backward(f.Name, f.Op)), .. LogSumExp()];
    }

    private static IEnumerable<Sample> Forward(string name, Func<int, Op> op)
    {
        for (int axis = 0; axis < 3; axis++)
        {
            int a = axis;
            yield return new() { Name = $"{name}/axis{a}", Op = _ => op(a), Inputs = d => [d.Uniform([3, 4, 5], -4, 4)], Slack = 4, Smooth = true };
        }

        yield return new() { Name = $"{name}/wide", Op = _ => op(1), Inputs = d => [d.Uniform([5, 133], -9, 9)], Slack = 8 };
        yield return new() { Name = $"{name}/far", Op = _ => op(1), Inputs = d => [d.Of([3, 3], 1000, 999, -1000, -500, -500, -501, 80, -80, 0)], DTypes = Kinds.Wide, Slack = 4 };
        yield return new() { Name = $"{name}/infinite", Op = _ => op(1), Inputs = d => [d.Of([2, 3], double.NegativeInfinity, 1, 2, double.NaN, 1, 2)], Slack = 4 };
        yield return new() { Name = $"{name}/no-rows", Op = _ => op(1), Inputs = d => [d.Uniform([0, 5], -4, 4)] };
        yield return new() { Name = $"{name}/no-columns", Op = _ => op(1), Inputs = d => [d.Uniform([5, 0], -4, 4)] };
    }

    private static IEnumerable<Sample> Backward(string name, Func<int, Op> op)
    {
        for (int axis = 0; axis < 2; axis++)
        {
            int a = axis;
            // The second input is a result: below 1, or negative for the logarithm.
            yield return new()
            {
                Name = $"{name}/axis{a}",
                Op = _ => op(a),
                Inputs = d => [d.Uniform([6, 5], -2, 2), name == "softmax_backward" ? d.Uniform([6, 5], 0.05, 0.35) : d.Uniform([6, 5], -3, -0.5)],
                Slack = 4,
                Smooth = true,
            };
        }

        yield return new() { Name = $"{name}/no-rows", Op = _ => op(1), Inputs = d => [d.Uniform([0, 5], -2, 2), d.Uniform([0, 5], -2, -1)] };
    }

    private static IEnumerable<Sample> LogSumExp()
    {
        (string, Shape, ValueArray<int>, bool)[] calls =
        [
            ("last", [3, 4, 5], [2], false), ("first", [3, 4, 5], [0], true), ("all", [3, 4, 5], [0, 1, 2], false), ("two", [3, 4, 5], [0, 2], false), ("without-dimensions", [], [], false),
        ];
        foreach (var (name, shape, axes, keep) in calls)
            yield return new() { Name = $"logsumexp/{name}", Op = _ => new LogSumExpOp(axes, keep), Inputs = d => [d.Uniform(shape, -4, 4)], Slack = 4, Smooth = true };
        yield return new() { Name = "logsumexp/of-nothing", Op = _ => new LogSumExpOp([0], false), Inputs = d => [d.Uniform([0, 3], -4, 4)] };
        yield return new()
        {
            Name = "logsumexp/infinite",
            Op = _ => new LogSumExpOp([1], false),
            Inputs = d => [d.Of([5, 2], double.NegativeInfinity, double.NegativeInfinity, double.PositiveInfinity, 1, double.NegativeInfinity, 2, double.NaN, 1, double.PositiveInfinity, double.NegativeInfinity)],
            Slack = 4,
        };
        yield return new() { Name = "logsumexp/far", Op = _ => new LogSumExpOp([1], true), Inputs = d => [d.Of([2, 2], 1000, 1000, -1000, -1001)], DTypes = Kinds.Wide, Slack = 4 };
    }
}
