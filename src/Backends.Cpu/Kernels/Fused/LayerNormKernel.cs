namespace Nabla;

/// <summary><see cref="LayerNormOp"/> in float32: mean, variance about it, and the result, while the row is in the cache.</summary>
internal sealed unsafe class LayerNormKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].DType == DType.Float32 && inputs[0].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        bool affine = ((LayerNormOp)call.Op).Affine;
        long rows = call.OutputSpecs[1].Shape.ElementCount, n = call.Inputs[0].Shape.ElementCount / rows;
        using var x = new DenseInput(device, call.Inputs[0]);
        using DenseInput weight = affine ? new(device, call.Inputs[1]) : default, bias = affine ? new(device, call.Inputs[2]) : default;
        var y = new DenseOutput(device, call, outputs, 0);
        var mean = new DenseOutput(device, call, outputs, 1);
        var rstd = new DenseOutput(device, call, outputs, 2);
        var work = new Work
        {
            X = (float*)x.Pointer,
            Y = (float*)y.Pointer,
            Weight = (float*)weight.Pointer,
            Bias = (float*)bias.Pointer,
            Mean = (float*)mean.Pointer,
            Rstd = (float*)rstd.Pointer,
            N = (nint)n,
            Epsilon = (float)call.Scalars[0].ToDouble(),
        };
        Chunks.Run(device.Workers, rows, n * 4, ref work);
        y.Finish();
        mean.Finish();
        rstd.Finish();
    }

    private struct Work : IChunkWork
    {
        public float* X;
        public float* Y;
        public float* Weight;
        public float* Bias;
        public float* Mean;
        public float* Rstd;
        public nint N;
        public float Epsilon;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = X + (row * N), y = Y + (row * N);
                var moments = MomentsReduction.Block(x, N);
                float mean = (float)moments.Mean, rstd = 1 / MathF.Sqrt((float)(moments.Squares / N) + Epsilon);
                Mean[row] = mean;
                Rstd[row] = rstd;
                if (Weight is null)
                    RowPass.Map(y, x, x, x, N, new Plain { Mean = mean, Rstd = rstd }, RowPass.Ahead);
                else
                    RowPass.Map(y, x, Weight, Bias, N, new Affine { Mean = mean, Rstd = rstd }, RowPass.Ahead);
            }
        }
    }

    private struct Plain : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd));
    }

    private struct Affine : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.MultiplyAdd(L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd)), b, c);
    }
}
