namespace Nabla.Tests;

/// <summary>A function and inputs, all of which require gradients, away from points where it has none.</summary>
internal sealed record FunctionCase(Func<Tensor[], Tensor> Function, params long[][] Shapes)
{
    /// <summary>Fixed numbers, spread over -1.6 .. 1.7 so that no two are equal and none is at a bend.</summary>
    public Tensor[] Inputs() => [.. Shapes.Select((shape, i) =>
    {
        long count = shape.Aggregate(1L, (product, size) => product * size);
        double[] values = [.. Enumerable.Range(0, (int)count).Select(k => Math.IEEERemainder(0.37 + 1.234567 * k + 0.71 * i, 3.3))];
        return Tensor.From<double>(values, shape, requiresGrad: true);
    })];
}
