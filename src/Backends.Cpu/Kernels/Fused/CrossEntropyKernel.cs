namespace Nabla;

/// <summary><see cref="CrossEntropyOp"/> in float32: one pass over memory; the scores are not written again.</summary>
internal sealed unsafe class CrossEntropyKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].DType == DType.Float32 && inputs[0].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var shape = call.Inputs[0].Shape;
        using DenseInput x = new(device, call.Inputs[0]), target = new(device, call.Inputs[1]);
        TargetClasses.Check(call.Op.Kind.Name, (long*)target.Pointer, shape);
        var loss = new DenseOutput(device, call, outputs, 0);
        var total = new DenseOutput(device, call, outputs, 1);
        var work = new Work
        {
            X = (float*)x.Pointer,
            Target = (long*)target.Pointer,
            Loss = (float*)loss.Pointer,
            Total = (float*)total.Pointer,
            N = (nint)shape[1],
        };
        Chunks.Run(device.Workers, shape[0], shape[1] * 6, ref work);
        loss.Finish();
        total.Finish();
    }

    private struct Work : IChunkWork
    {
        public float* X;
        public long* Target;
        public float* Loss;
        public float* Total;
        public nint N;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = X + (row * N);
                float total = LogSumExpReduction.Finish(LogSumExpReduction.Block(x, N), 1);
                Total[row] = total;
                Loss[row] = total - x[Target[row]];
            }
        }
    }
}
