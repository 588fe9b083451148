namespace Nabla;

/// <summary>The unary and binary families and casts.</summary>
internal static class Elementwise
{
    public static void AddTo(OpColumn<OpEntry> column)
    {
        foreach (var (code, op) in OpCodes.Unary.Index())
            column.Add(op.Kind, Unary(KernelId.Unary, code));
        foreach (var (code, op) in OpCodes.Special.Index())
            column.Add(op.Kind, Unary(KernelId.Special, code));
        foreach (var (code, op) in OpCodes.Predicates.Index())
            column.Add(op.Kind, Unary(KernelId.Predicate, code));
        foreach (var (code, op) in OpCodes.Binary.Index())
            column.Add(op.Kind, Binary(code, Divides(op)));
        foreach (var (code, op) in OpCodes.Comparisons.Index())
            column.Add(op.Kind, Comparison(code));
        column.Add(CastOp.Row, new OpEntry(static (OpenClDevice device, in OpCall call, DeviceTensor output) => Cast(device, call.Inputs[0], output), AnyTarget: true));
    }

    /// <summary>Converts into a tensor of another element type.</summary>
    public static void Cast(OpenClDevice device, DeviceTensor input, DeviceTensor output)
    {
        if (input.DType == output.DType)
        {
            Mover.Copy(device, input, output);
            return;
        }

        var walk = Walk.Over(output.Shape, input, output);
        using var launch = device.Begin(KernelId.Cast, input.DType);
        launch.Value(walk);
        launch.Value((int)output.DType);
        launch.Buffer(input);
        launch.Buffer(output);
        launch.Run(Chunks(device, walk.Count, input.DType));
    }

    /// <summary>Work-items that compute so many elements.</summary>
    public static long Chunks(OpenClDevice device, int count, DType dtype)
    {
        int width = device.Kernels.Width(dtype);
        return ((long)count + width - 1) / width;
    }

    private static OpEntry Unary(KernelId kernel, int code) => new(
        (OpenClDevice device, in OpCall call, DeviceTensor output) =>
        {
            var x = call.Inputs[0];
            var walk = Walk.Over(output.Shape, x, output);
            using var launch = device.Begin(kernel, x.DType);
            launch.Value(walk);
            launch.Value(code);
            launch.Buffer(x);
            launch.Buffer(output);
            launch.Run(Chunks(device, walk.Count, x.DType));
        },
        AnyTarget: true);

    private static OpEntry Binary(int code, bool divides) => new(
        (OpenClDevice device, in OpCall call, DeviceTensor output) =>
        {
            var op = (BinaryOp)call.Op;
            var dtype = call.Inputs[0].DType;
            bool guarded = divides && !dtype.IsFloatingPoint() && op.Side != ScalarSide.Right;
            if (divides && !dtype.IsFloatingPoint() && op.Side == ScalarSide.Right && RawScalar.Stored(call.Scalars[0], dtype).Bits == 0)
                throw new TensorDivisionException(op.Kind.Name, $"{call.Inputs[0].Spec} was divided by the integer zero; divide floating point numbers, or by something else.");
            var walk = Operands(call, output);
            using var launch = device.Begin(KernelId.Binary, dtype);
            SetOperands(launch, walk, code, call, output);
            launch.Buffer(device.Errors.Handle);
            launch.Value(guarded ? device.Errors.Announce(op.Kind) : 0);
            launch.Run(Chunks(device, walk.Count, dtype));
        },
        AnyTarget: true);

    private static OpEntry Comparison(int code) => new(
        (OpenClDevice device, in OpCall call, DeviceTensor output) =>
        {
            var walk = Operands(call, output);
            using var launch = device.Begin(KernelId.Compare, call.Inputs[0].DType);
            SetOperands(launch, walk, code, call, output);
            launch.Run(Chunks(device, walk.Count, call.Inputs[0].DType));
        },
        AnyTarget: true);

    /// <summary>Where an operand is a number, the tensor takes its place in the walk: the kernel does not read it.</summary>
    private static Walk Operands(in OpCall call, DeviceTensor output) => Walk.Over(output.Shape, call.Inputs[0], call.Inputs[^1], output);

    private static void SetOperands(Launch launch, in Walk walk, int code, in OpCall call, DeviceTensor output)
    {
        var op = (BinaryOp)call.Op;
        launch.Value(walk);
        launch.Value(code);
        launch.Value((int)op.Side);
        launch.Value(RawScalar.Computed(op.Side == ScalarSide.None ? 0 : call.Scalars[0], op.ScalarType(call.Inputs[0].DType)));
        launch.Buffer(call.Inputs[0]);
        launch.Buffer(call.Inputs[^1]);
        launch.Buffer(output);
    }

    private static bool Divides(BinaryOp op) =>
        op == BinaryOp.FloorDivide || op == BinaryOp.TruncDivide || op == BinaryOp.Remainder || op == BinaryOp.Fmod;
}
