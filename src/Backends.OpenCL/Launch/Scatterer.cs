namespace Nabla;

/// <summary>Scatter-add: lines along the axis, each in the order of its indices.</summary>
internal static class Scatterer
{
    public static void AddTo(OpColumn<OpEntry> column) => column.Add(ScatterAddOp.Row, new OpEntry(Run, AnyTarget: false));

    private static void Run(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var (x, index, source) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        int axis = ((ScatterAddOp)call.Op).Axis;
        if (y.DType.Accumulator() == y.DType)
        {
            Mover.Copy(device, x, y);
            Add(device, call.Op.Kind, axis, index, source, y);
            return;
        }

        using var wide = new Scratch(device, y.DType.Accumulator(), y.Shape);
        Elementwise.Cast(device, x, wide.Tensor);
        Add(device, call.Op.Kind, axis, index, source, wide.Tensor);
        Elementwise.Cast(device, wide.Tensor, y);
    }

    private static void Add(OpenClDevice device, OpKind kind, int axis, DeviceTensor index, DeviceTensor source, DeviceTensor y)
    {
        if (index.Shape.ElementCount == 0)
            return;
        bool scalar = index.Shape.Rank == 0;
        int count = scalar ? 1 : (int)index.Shape[axis], size = scalar ? 1 : (int)y.Shape[axis];
        Span<long> dims = stackalloc long[index.Shape.Rank];
        index.Shape.AsSpan().CopyTo(dims);
        if (!scalar)
            dims[axis] = 1;
        var shape = Shape.Create(dims);
        var lines = Walk.Over(shape, AxisLayout.Without(index, axis, shape), AxisLayout.Without(source, axis, shape), AxisLayout.Without(y, axis, shape));

        // Few long lines: several work-items go through the same indices, each for its part of the line.
        int parts = (int)Math.Clamp(device.Parallelism / 4 / lines.Count, 1, Math.Max(1, size / 16));
        int width = (int)(((long)size + parts - 1) / parts);
        parts = Math.Max(1, (int)(((long)size + width - 1) / Math.Max(1, width))); // none of them begins behind the line
        long items = (long)lines.Count * parts;
        using var launch = device.Begin(KernelId.ScatterAdd, source.DType);
        launch.Value(lines);
        launch.Value(axis);
        launch.Value(count);
        launch.Value(size);
        launch.Value(scalar ? 0 : (int)index.Layout.Strides[axis]);
        launch.Value(scalar ? 0 : (int)source.Layout.Strides[axis]);
        launch.Value(scalar ? 0 : (int)y.Layout.Strides[axis]);
        launch.Value(parts);
        launch.Value(width);
        launch.Value((int)items);
        launch.Buffer(index);
        launch.Buffer(source);
        launch.Buffer(y);
        launch.Buffer(device.Errors.Handle);
        launch.Value(device.Errors.Announce(kind));
        launch.Run(Math.Min(items, device.Parallelism * 4));
    }
}
