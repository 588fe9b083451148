namespace Nabla;

/// <summary>Sums, products, maxima and minima. Long reductions take several passes over partial results.</summary>
internal static class Reducer
{
    /// <summary>Vectors, or rows, that are worth a segment on a CPU.</summary>
    private const int Shortest = 32;

    /// <summary>Vectors for each work-item of a group that are worth a segment on a GPU, which waits less for memory the more work-items there are. Seen on an H100.</summary>
    private const int ShortestAlongOnGpu = 2;

    /// <summary>Rows that are worth a segment on a GPU: more than vectors, because each partial result of a column is written to a cache line of its own.</summary>
    private const int ShortestAcrossOnGpu = 8;

    public static void AddTo(OpColumn<OpEntry> column)
    {
        column.Add(ReduceOp.SumRow, Entry(OpCodes.Sum));
        column.Add(ReduceOp.ProdRow, Entry(OpCodes.Product));
        column.Add(ReduceOp.MaxRow, Entry(OpCodes.Largest));
        column.Add(ReduceOp.MinRow, Entry(OpCodes.Smallest));
    }

    /// <summary>Reduces x along axes into y, which is dense and of x's type or of the one that x's is computed from.</summary>
    public static void Run(OpenClDevice device, int code, DeviceTensor x, ReadOnlySpan<int> axes, DeviceTensor y)
    {
        if (x.DType != y.DType)
        {
            using var wide = new Scratch(device, x.DType, y.Shape);
            Run(device, code, x, axes, wide.Tensor);
            Elementwise.Cast(device, wide.Tensor, y);
            return;
        }

        var layout = new ReducedLayout(x, axes);
        if (layout.Over.Count == 0)
            Mover.Fill(device, code == OpCodes.Product ? 1 : 0, y);
        else if (IsAcross(layout))
            Columns(device, code, x, layout, y);
        else
            Rows(device, code, x, layout, y);
    }

    private static OpEntry Entry(int code) => new(
        (OpenClDevice device, in OpCall call, DeviceTensor y) => Run(device, code, call.Inputs[0], ((ReduceOp)call.Op).Axes.AsSpan(), y), AnyTarget: false);

    /// <summary>Whether neighbours in memory are neighbouring results.</summary>
    private static unsafe bool IsAcross(in ReducedLayout layout)
    {
        var (kept, over) = (layout.Kept, layout.Over);
        return kept.Size[0] >= 4 && Math.Abs((long)kept.Step[0]) < Math.Abs((long)over.Step[0]);
    }

    private static void Rows(OpenClDevice device, int code, DeviceTensor x, in ReducedLayout layout, DeviceTensor y)
    {
        int shortest = (device.Kernels.GpuStyle ? ShortestAlongOnGpu * 64 : Shortest) * device.Kernels.Width(x.DType);
        long groups = device.ComputeUnits * (device.Kernels.GpuStyle ? 16L : 4);
        var (segments, segment) = Split(layout.Over.Count, layout.Kept.Count, shortest, groups);
        long items = (long)layout.Kept.Count * segments;
        using var partial = new Partial(device, x.DType, y, segments);
        using (var launch = device.Begin(KernelId.ReduceRows, x.DType))
        {
            launch.Value(layout.Kept);
            launch.Value(layout.Over);
            launch.Value(code);
            launch.Value(segments);
            launch.Value(segment);
            launch.Value((int)items);
            launch.Buffer(x);
            launch.Buffer(y);
            launch.Buffer(partial.Target);
            launch.Run(Math.Min(items, groups) * (device.Kernels.GpuStyle ? 64 : 1));
        }

        partial.Finish(device, code, y);
    }

    private static void Columns(OpenClDevice device, int code, DeviceTensor x, in ReducedLayout layout, DeviceTensor y)
    {
        var kept = layout.Kept;
        var (inner, step) = kept.TakeInner();
        int width = device.Kernels.Width(x.DType);
        long chunks = ((long)inner + width - 1) / width * kept.Count;
        var (segments, segment) = Split(layout.Over.Count, chunks, device.Kernels.GpuStyle ? ShortestAcrossOnGpu : Shortest, device.Parallelism);
        long items = chunks * segments;
        using var partial = new Partial(device, x.DType, y, segments);
        using (var launch = device.Begin(KernelId.ReduceColumns, x.DType))
        {
            launch.Value(kept);
            launch.Value(layout.Over);
            launch.Value(inner);
            launch.Value(step);
            launch.Value(code);
            launch.Value(segments);
            launch.Value(segment);
            launch.Value((int)items);
            launch.Buffer(x);
            launch.Buffer(y);
            launch.Buffer(partial.Target);
            launch.Run(Math.Min(items, device.Parallelism));
        }

        partial.Finish(device, code, y);
    }

    /// <summary>
    /// Cuts a reduction into segments: enough of them that no core is idle, none shorter than is worth a pass. Depends on sizes and
    /// device alone, so results are equal from run to run.
    /// </summary>
    private static (int Segments, int Segment) Split(int count, long results, int shortest, long parallelism)
    {
        long wanted = Math.Min(parallelism / Math.Max(results, 1), count / (4L * shortest));
        if (wanted <= 1)
            return (1, count);
        long segment = (count + wanted - 1) / wanted;
        segment = (segment + shortest - 1) / shortest * shortest;
        return ((int)((count + segment - 1) / segment), (int)segment);
    }

    /// <summary>Partial results [results.., segments], where there are several segments.</summary>
    private readonly ref struct Partial
    {
        private readonly DeviceTensor? _tensor;

        public Partial(OpenClDevice device, DType dtype, DeviceTensor y, int segments)
        {
            _tensor = segments == 1 ? null : device.Allocate(new TensorSpec(Scratch.Computed(dtype), [y.Shape.ElementCount, segments]));
            Target = _tensor ?? y;
        }

        public DeviceTensor Target { get; }

        public void Finish(OpenClDevice device, int code, DeviceTensor y)
        {
            if (_tensor is not null)
                Run(device, code, _tensor, [1], y);
        }

        public void Dispose() => _tensor?.Storage.Release();
    }
}
