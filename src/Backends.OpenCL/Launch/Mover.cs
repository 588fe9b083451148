namespace Nabla;

/// <summary>Operations that move elements as they are: the kernels are those of an unsigned integer as wide.</summary>
internal static class Mover
{
    public static void AddTo(OpColumn<OpEntry> column)
    {
        column.Add(CopyOp.Row, new OpEntry(static (OpenClDevice device, in OpCall call, DeviceTensor y) => Copy(device, call.Inputs[0], y), AnyTarget: true));
        column.Add(FullOp.Row, new OpEntry(static (OpenClDevice device, in OpCall call, DeviceTensor y) => Fill(device, call.Scalars[0], y), AnyTarget: true));
        column.Add(WhereOp.Row, new OpEntry(Where, AnyTarget: true));
        column.Add(ConcatOp.Row, new OpEntry(Concat, AnyTarget: false));
        column.Add(PadOp.Row, new OpEntry(Pad, AnyTarget: false));
        column.Add(SliceScatterOp.Row, new OpEntry(SliceScatter, AnyTarget: false));
        column.Add(GatherOp.Row, new OpEntry(Gather, AnyTarget: false));
    }

    /// <summary>The type whose kernels move elements of another.</summary>
    public static DType Carrier(DType dtype) => dtype.Size() switch
    {
        1 => DType.UInt8,
        2 => DType.Int16,
        4 => DType.Int32,
        _ => DType.Int64,
    };

    /// <summary>Writes x, broadcast, into y.</summary>
    public static void Copy(OpenClDevice device, DeviceTensor x, DeviceTensor y)
    {
        if (y.Shape.ElementCount == 0)
            return;
        var carrier = Carrier(y.DType);
        var walk = Walk.Over(y.Shape, x, y);
        using var launch = device.Begin(KernelId.Copy, carrier);
        launch.Value(walk);
        launch.Buffer(x);
        launch.Buffer(y);
        launch.Run(Elementwise.Chunks(device, walk.Count, carrier));
    }

    /// <summary>Writes a number into every element of y.</summary>
    public static void Fill(OpenClDevice device, Scalar value, DeviceTensor y)
    {
        if (y.Shape.ElementCount == 0)
            return;
        var carrier = Carrier(y.DType);
        var walk = Walk.Over(y.Shape, y);
        using var launch = device.Begin(KernelId.Fill, carrier);
        launch.Value(walk);
        launch.Value(RawScalar.Stored(value, y.DType));
        launch.Buffer(y);
        launch.Run(Elementwise.Chunks(device, walk.Count, carrier));
    }

    /// <summary>The part of a dense tensor that a slice shows.</summary>
    public static DeviceTensor Part(DeviceTensor tensor, SliceOp slice)
    {
        slice.TryApply(tensor.Spec, tensor.Layout, out var spec, out var layout);
        return new DeviceTensor(spec, layout, tensor.Storage);
    }

    private static void Where(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var carrier = Carrier(y.DType);
        var walk = Walk.Over(y.Shape, call.Inputs[0], call.Inputs[1], call.Inputs[2], y);
        using var launch = device.Begin(KernelId.Where, carrier);
        launch.Value(walk);
        foreach (var input in call.Inputs)
            launch.Buffer(input);
        launch.Buffer(y);
        launch.Run(Elementwise.Chunks(device, walk.Count, carrier));
    }

    private static void Concat(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        int axis = ((ConcatOp)call.Op).Axis;
        long start = 0;
        foreach (var input in call.Inputs)
        {
            long size = input.Shape[axis];
            Copy(device, input, Part(y, SliceOp.Along(y.Shape, axis, start, size)));
            start += size;
        }
    }

    private static void Pad(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var op = (PadOp)call.Op;
        Fill(device, call.Scalars[0], y);
        Span<long> ones = stackalloc long[y.Shape.Rank];
        ones.Fill(1);
        Copy(device, call.Inputs[0], Part(y, new SliceOp(op.Before, ValueArray.Create(call.Inputs[0].Shape.AsSpan()), ValueArray.Create<long>(ones))));
    }

    private static void SliceScatter(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        Copy(device, call.Inputs[0], y);
        Copy(device, call.Inputs[1], Part(y, ((SliceScatterOp)call.Op).Slice));
    }

    private static void Gather(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var (x, index) = (call.Inputs[0], call.Inputs[1]);
        int axis = ((GatherOp)call.Op).Axis;
        bool scalar = x.Shape.Rank == 0; // one element: index 0 is its only one
        var walk = Walk.Over(y.Shape, index, y, AxisLayout.Without(x, axis, y.Shape));
        using var launch = device.Begin(KernelId.Gather, Carrier(y.DType));
        launch.Value(walk);
        launch.Buffer(index);
        launch.Buffer(y);
        launch.Buffer(x);
        launch.Value(axis);
        launch.Value(scalar ? 1 : (int)x.Shape[axis]);
        launch.Value(scalar ? 0 : (int)x.Layout.Strides[axis]);
        launch.Buffer(device.Errors.Handle);
        launch.Value(device.Errors.Announce(call.Op.Kind));
        launch.Run(walk.Count);
    }
}
