namespace Nabla;

/// <summary><see cref="CrossEntropyOp"/> in float32, of half types, too: one pass over memory; the scores are not written again.</summary>
internal sealed unsafe class CrossEntropyKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[0].DType) && inputs[0].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var shape = call.Inputs[0].Shape;
        using DenseInput x = new(device, call.Inputs[0], widen: false), target = new(device, call.Inputs[1]);
        TargetClasses.Check(call.Op.Kind.Name, (long*)target.Pointer, shape);
        var loss = new DenseOutput(device, call, outputs, 0, widen: true);
        var total = new DenseOutput(device, call, outputs, 1);
        var work = new Work
        {
            Target = (long*)target.Pointer,
            Loss = (float*)loss.Pointer,
            Total = (float*)total.Pointer,
            N = (nint)shape[1],
        };
        new RowTensors<float> { A = new(x.Pointer, call.Inputs[0].DType), Length = work.N, Rows = shape[0] }.Run(device, work.N * 6, ref work);
        loss.Finish();
        total.Finish();
    }

    private struct Work : IRowWork<float>
    {
        public long* Target;
        public float* Loss;
        public float* Total;
        public nint N;

        public readonly void Run(in RowTile<float> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = tile.A + (row * N);
                float total = LogSumExpReduction.Finish(LogSumExpReduction.Block(x, N), 1);
                Total[row] = total;
                Loss[row] = total - x[Target[row]];
            }
        }
    }
}
