namespace Nabla;

/// <summary>
/// <see cref="LayerNormBackwardOp"/> in float32. The gradients of weight and bias are summed over blocks of rows whose size their number alone sets,
/// and the blocks in order: the same for any number of threads.
/// </summary>
internal sealed unsafe class LayerNormBackwardKernel : FusedKernel
{
    /// <summary>Sums of a block cost little beside so many rows.</summary>
    private const long MostRowsOfBlock = 64;

    /// <summary>Blocks that keep threads busy where there are few rows.</summary>
    private const long EnoughBlocks = 8;

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].DType == DType.Float32 && inputs[1].DType == DType.Float32 && inputs[1].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        bool affine = ((LayerNormBackwardOp)call.Op).Affine;
        long rows = call.Inputs[2].Shape.ElementCount, n = call.Inputs[1].Shape.ElementCount / rows;
        long rowsOfBlock = Math.Clamp(rows / EnoughBlocks, 1, MostRowsOfBlock), blocks = (rows + rowsOfBlock - 1) / rowsOfBlock;
        using DenseInput g = new(device, call.Inputs[0]), x = new(device, call.Inputs[1]), mean = new(device, call.Inputs[2]), rstd = new(device, call.Inputs[3]);
        using var weight = affine ? new DenseInput(device, call.Inputs[4]) : default;
        var dx = new DenseOutput(device, call, outputs, 0);
        using var partial = affine ? new Scratch(device, blocks * 2 * n * sizeof(float)) : default;
        var work = new Work
        {
            G = (float*)g.Pointer,
            X = (float*)x.Pointer,
            Mean = (float*)mean.Pointer,
            Rstd = (float*)rstd.Pointer,
            Weight = (float*)weight.Pointer,
            Dx = (float*)dx.Pointer,
            Partial = (float*)partial.Pointer,
            N = (nint)n,
            Rows = rows,
            RowsOfBlock = rowsOfBlock,
        };
        Chunks.Run(device.Workers, blocks, rowsOfBlock * n * 8, ref work);
        if (affine)
        {
            for (int i = 0; i < 2; i++)
            {
                var output = new DenseOutput(device, call, outputs, 1 + i);
                ReduceNest.Create([blocks, n], Shape.Create([blocks, 2 * n]).ContiguousStrides, [0], sizeof(float), out var nest);
                Reducer<SumReduction<float, double>, float, double>.Run(
                    device, &nest, partial.Pointer + (i * n * sizeof(float)), ElementType.Of(DType.Float32), output.Pointer, 1);
                output.Finish();
            }
        }

        dx.Finish();
    }

    private struct Work : IChunkWork
    {
        public float* G;
        public float* X;
        public float* Mean;
        public float* Rstd;
        public float* Weight;
        public float* Dx;
        public float* Partial;
        public nint N;
        public long Rows;
        public long RowsOfBlock;

        public readonly void Run(long start, long count)
        {
            for (long block = start; block < start + count; block++)
            {
                float* dWeight = Partial + (2 * block * N), dBias = dWeight + N;
                if (Partial is not null)
                    new Span<float>(dWeight, 2 * (int)N).Clear();
                for (long row = block * RowsOfBlock; row < Math.Min(Rows, (block + 1) * RowsOfBlock); row++)
                    Row(G + (row * N), X + (row * N), Dx + (row * N), Mean[row], Rstd[row], dWeight, dBias);
            }
        }

        private readonly void Row(float* g, float* x, float* dx, float mean, float rstd, float* dWeight, float* dBias)
        {
            if (Weight is null)
            {
                double sum = SumReduction<float, double>.Block(g, N), product = RowPass.Sum(g, x, x, N, new TimesNormal { Mean = mean, Rstd = rstd });
                RowPass.Map(dx, g, x, x, N, new Gradient { Mean = mean, Rstd = rstd, Sum = (float)(sum / N), Product = (float)(product / N) }, RowPass.Ahead);
                return;
            }

            double weighted = RowPass.Sum(g, Weight, x, N, default(RowMaps.Product));
            double weightedProduct = RowPass.Sum(g, x, Weight, N, new TimesNormalWeighted { Mean = mean, Rstd = rstd });
            RowPass.Map(dWeight, g, x, dWeight, N, new AddTimesNormal { Mean = mean, Rstd = rstd });
            RowPass.Map(dBias, g, dBias, dBias, N, default(RowMaps.Addition));
            RowPass.Map(
                dx, g, x, Weight, N, new WeightedGradient { Mean = mean, Rstd = rstd, Sum = (float)(weighted / N), Product = (float)(weightedProduct / N) }, RowPass.Ahead);
        }
    }

    private static V Normal<V, L>(V x, float mean, float rstd) where V : struct where L : struct, ISimd<V, float> =>
        L.Multiply(L.Subtract(x, L.Create(mean)), L.Create(rstd));

    private struct TimesNormal : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(a, Normal<V, L>(b, Mean, Rstd));
    }

    private struct TimesNormalWeighted : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(L.Multiply(a, c), Normal<V, L>(b, Mean, Rstd));
    }

    private struct AddTimesNormal : IRowMap
    {
        public float Mean;
        public float Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.MultiplyAdd(a, Normal<V, L>(b, Mean, Rstd), c);
    }

    /// <summary>rstd (g - mean(g) - n mean(g n))</summary>
    private struct Gradient : IRowMap
    {
        public float Mean;
        public float Rstd;
        public float Sum;
        public float Product;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(
            L.Create(Rstd), L.Subtract(L.Subtract(a, L.Create(Sum)), L.Multiply(Normal<V, L>(b, Mean, Rstd), L.Create(Product))));
    }

    /// <summary>The same with g times the weight in place of g.</summary>
    private struct WeightedGradient : IRowMap
    {
        public float Mean;
        public float Rstd;
        public float Sum;
        public float Product;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(
            L.Create(Rstd), L.Subtract(L.Subtract(L.Multiply(a, c), L.Create(Sum)), L.Multiply(Normal<V, L>(b, Mean, Rstd), L.Create(Product))));
    }
}
