namespace Nabla;

/// <summary>The places of maxima and minima.</summary>
internal static class ArgReducer
{
    /// <summary>Elements that are worth a pass of their own.</summary>
    private const int Shortest = 4096;

    public static void AddTo(OpColumn<OpEntry> column)
    {
        foreach (var op in new[] { ArgReduceOp.Max(0, false), ArgReduceOp.Min(0, false) })
        {
            int smallest = op.IsMax ? 0 : 1;
            column.Add(op.Kind, new OpEntry((OpenClDevice device, in OpCall call, DeviceTensor y) => Run(device, smallest, call.Inputs[0], ((ArgReduceOp)call.Op).Axis, y), AnyTarget: false));
        }
    }

    private static void Run(OpenClDevice device, int smallest, DeviceTensor x, int axis, DeviceTensor y)
    {
        var kept = new ReducedLayout(x, [axis]).Kept;
        int count = (int)x.Shape[axis];
        long wanted = Math.Min(device.Parallelism / kept.Count, count / Shortest);
        int segments = (int)Math.Max(1, wanted), segment = (int)(((long)count + segments - 1) / segments);
        if (segments == 1)
        {
            Pass(device, smallest, x, axis, kept, count, 1, count, null, y);
            return;
        }

        segments = (int)(((long)count + segment - 1) / segment);
        using var candidates = new Scratch(device, DType.Int64, [kept.Count, segments]);
        Pass(device, smallest, x, axis, kept, count, segments, segment, null, candidates.Tensor);
        Pass(device, smallest, x, axis, kept, segments, 1, segments, candidates.Tensor, y);
    }

    private static void Pass(OpenClDevice device, int smallest, DeviceTensor x, int axis, in Line kept, int count, int segments, int segment, DeviceTensor? candidates, DeviceTensor y)
    {
        long items = (long)kept.Count * segments;
        using var launch = device.Begin(KernelId.ArgReduce, x.DType);
        launch.Value(kept);
        launch.Value(count);
        launch.Value((int)x.Layout.Strides[axis]);
        launch.Value(smallest);
        launch.Value(segments);
        launch.Value(segment);
        launch.Value((int)items);
        launch.Value(candidates is null ? 0 : 1);
        launch.Buffer(candidates ?? y);
        launch.Buffer(x);
        launch.Buffer(y);
        launch.Run(Math.Min(items, device.Parallelism));
    }
}
