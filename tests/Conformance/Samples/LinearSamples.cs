using Nabla.Tests.Reference;

namespace Nabla.Tests.Samples;

/// <summary>Matmul and linear.</summary>
internal static class LinearSamples
{
    public static IEnumerable<Sample> All() => [.. MatMul(), .. Linear()];

    private static IEnumerable<Sample> MatMul()
    {
        (string, Shape, Shape, DType[])[] calls =
        [
            ("small", [5, 7], [7, 6], Kinds.Numeric), ("row", [1, 9], [9, 5], Kinds.Numeric), ("column", [5, 9], [9, 1], Kinds.Numeric), ("outer", [6, 1], [1, 7], Kinds.Numeric),
            ("batch", [2, 3, 4], [2, 4, 5], Kinds.Numeric), ("broadcast", [2, 1, 3, 4], [5, 4, 2], Kinds.Numeric), ("shared-right", [3, 4, 5], [5, 2], Kinds.Numeric),
            ("ragged", [33, 70], [70, 65], [DType.Float32, DType.Float64, DType.Int32, DType.Float16]), ("empty-sum", [3, 0], [0, 2], Kinds.Numeric), ("no-rows", [0, 3], [3, 2], Kinds.Numeric),
            ("no-batch", [0, 2, 3], [3, 2], Kinds.Numeric),
        ];
        foreach (var (name, a, b, dtypes) in calls)
        {
            yield return new()
            {
                Name = $"matmul/{name}",
                Op = _ => MatMulOp.Instance,
                Inputs = d => [d.Uniform(a, -3, 3), d.Uniform(b, -3, 3)],
                DTypes = dtypes,
                Slack = 16,
                Smooth = a.ElementCount is > 0 and < 100,
            };
        }

        yield return new() { Name = "matmul/nan", Op = _ => MatMulOp.Instance, Inputs = d => [d.Of([2, 2], 1, double.NaN, 0, 1), d.Of([2, 2], 1, 2, double.PositiveInfinity, 0)] };
    }

    private static IEnumerable<Sample> Linear()
    {
        (string, Shape, bool, Op?)[] calls =
        [
            ("bias", [6, 5], true, null), ("plain", [6, 5], false, null), ("batch", [2, 3, 5], true, null), ("no-rows", [0, 5], true, null),
            ("relu", [6, 5], true, ReluOp.Instance), ("tanh", [2, 3, 5], false, UnaryOp.Tanh), ("gelu", [6, 5], true, new GeluOp(false)),
        ];
        foreach (var (name, shape, bias, activation) in calls)
        {
            yield return new()
            {
                Name = $"linear/{name}",
                Op = _ => new LinearOp(bias, activation),
                Inputs = d => [.. new Values[] { d.Uniform(shape, -3, 3), d.Uniform([4, 5], -3, 3), d.Uniform([4], -3, 3) }.Take(bias ? 3 : 2)],
                DTypes = activation is null or ReluOp ? Kinds.Numeric : Kinds.Float,
                Slack = 16,
                Smooth = shape.ElementCount > 0,
            };
        }
    }
}
