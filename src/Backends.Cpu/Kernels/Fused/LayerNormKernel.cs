namespace Nabla;

/// <summary>
/// <see cref="LayerNormOp"/> in float32, of half types, too: mean, variance about it, and the result, while the row is in the cache; and
/// <see cref="RmsNormOp"/>, which is the same about 0.
/// </summary>
internal sealed unsafe class LayerNormKernel(bool centred) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[0].DType) && inputs[0].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        bool affine = call.Inputs.Length > 1;
        long rows = call.OutputSpecs[1].Shape.ElementCount, n = call.Inputs[0].Shape.ElementCount / rows;
        using var x = new DenseInput(device, call.Inputs[0], widen: false);
        using DenseInput weight = affine ? new(device, call.Inputs[1]) : default, bias = affine && centred ? new(device, call.Inputs[2]) : default;
        var y = new DenseOutput(device, call, outputs, 0);
        var mean = centred ? new DenseOutput(device, call, outputs, 1) : default;
        var rstd = new DenseOutput(device, call, outputs, outputs.Length - 1);
        var work = new Work
        {
            Weight = (float*)weight.Pointer,
            Bias = (float*)bias.Pointer,
            Mean = centred ? (float*)mean.Pointer : null,
            Rstd = (float*)rstd.Pointer,
            N = (nint)n,
            Epsilon = (float)call.Scalars[0].ToDouble(),
        };
        var dtype = call.Inputs[0].DType;
        new RowTensors { A = new(x.Pointer, dtype), Y = new(y.Pointer, dtype), Length = work.N, Rows = rows }.Run(device, n * 4, ref work);
        y.Finish();
        if (centred)
            mean.Finish();
        rstd.Finish();
    }

    private struct Work : IRowWork
    {
        public float* Weight;
        public float* Bias;
        public float* Mean;
        public float* Rstd;
        public nint N;
        public float Epsilon;

        public readonly void Run(in RowTile tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = tile.A + (row * N), y = tile.Y + (row * N);
                var (mean, squares) = Moments(x, row);
                float rstd = Rstd[row] = 1 / MathF.Sqrt((float)(squares / N) + Epsilon);
                if (Weight is null)
                    RowPass.Map(y, x, x, x, N, new Plain { Mean = mean, Rstd = rstd }, tile.Ahead);
                else if (Bias is null)
                    RowPass.Map(y, x, Weight, x, N, new Weighted { Mean = mean, Rstd = rstd }, tile.Ahead);
                else
                    RowPass.Map(y, x, Weight, Bias, N, new Affine { Mean = mean, Rstd = rstd }, tile.Ahead);
            }
        }

        /// <summary>What is subtracted, and the sum of the squares of what remains.</summary>
        private readonly (float Mean, double Squares) Moments(float* x, long row)
        {
            if (Mean is null)
                return (0, RowPass.Sum(x, x, x, N, default(RowMaps.Product)));
            var moments = MomentsReduction.Block(x, N);
            return (Mean[row] = (float)moments.Mean, moments.Squares);
        }
    }

    private struct Plain : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd));
    }

    private struct Weighted : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd)), b);
    }

    private struct Affine : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.MultiplyAdd(L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd)), b, c);
    }
}
