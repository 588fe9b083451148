namespace Nabla;

/// <summary>
/// <see cref="LinearOp"/> of floats: the sums start from the bias, and the activation follows while the cache holds them. Half types are rounded
/// before an activation, so theirs is an operation of its own.
/// </summary>
internal sealed unsafe class LinearKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs)
    {
        var dtype = inputs[0].DType;
        return dtype.IsFloatingPoint() && (((LinearOp)op).Activation is not { } activation || (dtype == dtype.Accumulator() && InPlace(activation, dtype) is not null));
    }

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        DeviceTensor x = call.Inputs[0], weight = call.Inputs[1];
        var op = (LinearOp)call.Op;
        var output = new DenseOutput(device, call, outputs);
        bool isMatrix = x.Shape.Rank == 2;
        long depth = x.Shape[^1];
        using DenseInput rows = isMatrix ? default : new(device, x, widen: false);
        using DenseInput bias = op.HasBias ? new(device, call.Inputs[2]) : default;
        new MatrixProduct
        {
            Device = device,
            M = (int)(output.Tensor.Shape.ElementCount / Math.Max(1, weight.Shape[0])),
            N = (int)weight.Shape[0],
            K = (int)depth,
            A = isMatrix ? new(Operand.Host(x), x.Layout.Strides[0], x.Layout.Strides[1]) : new(rows.Pointer, depth, 1),
            B = new(Operand.Host(weight), weight.Layout.Strides[1], weight.Layout.Strides[0]),
            Bias = bias.Pointer,
            Then = op.Activation is { } activation ? InPlace(activation, x.DType) : null,
        }.Run(output.Tensor);
        output.Finish();
    }

    private static delegate*<byte*, nint, nint, nint, void> InPlace(Op activation, DType dtype) =>
        KernelTable.Column.TryGet(activation.Kind, out var kernel) && kernel.RowOf(activation, dtype) is { } row ? row.Block : null;
}
