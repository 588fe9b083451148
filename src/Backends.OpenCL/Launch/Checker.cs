namespace Nabla;

/// <summary>Assertions on values.</summary>
internal static class Checker
{
    public static void AddTo(OpColumn<OpEntry> column) => column.Add(AssertOp.Row, new OpEntry(Run, AnyTarget: true));

    private static void Run(OpenClDevice device, in OpCall call, DeviceTensor y)
    {
        var condition = call.Inputs[0];
        Mover.Fill(device, 0, y);
        if (condition.Shape.ElementCount == 0)
            return;
        using var launch = device.Begin(KernelId.AssertAll, DType.Bool);
        launch.Value(Line.Of(condition.Shape, condition.Layout.Strides.AsSpan(), condition.Layout.Offset));
        launch.Buffer(condition);
        launch.Buffer(device.Errors.Handle);
        launch.Value(device.Errors.Announce((AssertOp)call.Op));
        launch.Run(condition.Shape.ElementCount);
    }
}
