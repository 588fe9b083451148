namespace Nabla.Tests.Graph;

/// <summary>Tensors to call functions with, on the default device; disposed together.</summary>
internal sealed class TemporaryInputs(bool gradients) : IDisposable
{
    private readonly List<Tensor> _all = [];

    /// <summary>[4, 6], within 0 .. 1 as probabilities are.</summary>
    public Tensor X => field ??= Numbers(0.1, 4, 6);

    public Tensor Y => field ??= Numbers(0.3, 4, 6);

    public Tensor Z => field ??= Numbers(0.2, 4, 6);

    public Tensor Half => field ??= Numbers(0.4, DType.Float16, 4, 6);

    public Tensor Double => field ??= Numbers(0.4, DType.Float64, 4, 6);

    public Tensor Number => field ??= Numbers(0.5);

    public Tensor Row => field ??= Numbers(0.6, 6);

    public Tensor OneRow => field ??= Numbers(0.6, 1, 6);

    public Tensor Four => field ??= Numbers(0.6, 4);

    public Tensor Column => field ??= Numbers(0.7, 4, 1);

    public Tensor Square => field ??= Numbers(0.15, 4, 4);

    public Tensor Wide => field ??= Numbers(0.25, 6, 4);

    public Tensor Volume => field ??= Numbers(0.35, 2, 6, 4);

    public Tensor Images => field ??= Numbers(0.35, 4, 2, 2);

    public Tensor Cube => field ??= Numbers(0.45, 6, 6, 6);

    public Tensor Space => field ??= Numbers(0.55, 4, 3);

    public Tensor Mean => field ??= Constants(0.1, 6);

    public Tensor Variance => field ??= Constants(0.9, 6);

    /// <summary>[4, 6], to write to: without a gradient of its own.</summary>
    public Tensor Target => field ??= Constants(0.5, 4, 6);

    public Tensor Signs => field ??= Keep(Tensor.From(new[] { 1f, -1f, 1f, -1f }));

    public Tensor Integers => field ??= Keep(Tensor.From(new[,] { { 4, 6, 9 }, { 10, 15, -8 } }));

    public Tensor Longs => field ??= Keep(Tensor.From(new[,] { { 6L, 4L, 12L }, { 4L, 9L, 6L } }));

    public Tensor Bytes => field ??= Keep(Tensor.From(new byte[] { 0, 1, 2 }));

    public Tensor Classes => field ??= Keep(Tensor.From(new[] { 0L, 1L, 5L, 2L }));

    public Tensor ShortClasses => field ??= Keep(Tensor.From(new[] { 0, 1, 3, 2 }));

    public Tensor Indices => field ??= Keep(Tensor.From(new[,] { { 0L, 1L, 3L, 2L }, { 1L, 1L, 0L, 2L } }));

    public Tensor RowIndices => field ??= Keep(Tensor.From(new[,] { { 0L }, { 1L }, { 5L }, { 2L } }));

    public Tensor Zero => field ??= Keep(Tensor.From(new[] { 0L }));

    public Tensor IntegerTarget => field ??= Keep(Tensor.From(new[] { 1, 2, 3 }));

    /// <summary>[6, 4]: a view whose elements do not follow each other.</summary>
    public Tensor Transposed => field ??= Keep(X.Transpose(0, 1));

    public Tensor Mask => field ??= Keep(Tensor.From(new[,] { { true, false, true, false, true, false } }));

    public void Dispose()
    {
        foreach (var tensor in _all)
        {
            tensor.Grad?.Dispose();
            tensor.Dispose();
        }
    }

    private Tensor Numbers(double first, params ReadOnlySpan<long> shape) => Numbers(first, DType.Float32, shape);

    private Tensor Numbers(double first, DType dtype, params ReadOnlySpan<long> shape)
    {
        long count = 1;
        foreach (long size in shape)
            count *= size;
        float[] values = [.. Enumerable.Range(0, (int)count).Select(i => 0.05f + (float)((first + i * 0.381966) % 0.9))];
        using var single = Tensor.From<float>(values, shape);
        var tensor = dtype == DType.Float32 ? single.Clone() : single.To(dtype);
        tensor.RequiresGrad = gradients;
        return Keep(tensor);
    }

    private Tensor Constants(double value, params ReadOnlySpan<long> shape) => Keep(Tensor.Full(shape, value, DType.Float32));

    private Tensor Keep(Tensor tensor)
    {
        _all.Add(tensor);
        return tensor;
    }
}
