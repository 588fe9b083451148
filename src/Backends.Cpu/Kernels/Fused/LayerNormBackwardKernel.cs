using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// <see cref="LayerNormBackwardOp"/> in float32, of half types, too. The gradients of weight and bias are summed over blocks of rows whose size their
/// number alone sets, and the blocks in order: the same for any number of threads. One block sums where the results go.
/// <see cref="RmsNormBackwardOp"/> is the same with a mean of 0 that does not depend on x, and without a bias.
/// </summary>
internal sealed unsafe class LayerNormBackwardKernel(bool centred) : FusedKernel
{
    /// <summary>Sums of a block cost little beside so many rows.</summary>
    private const long MostRowsOfBlock = 64;

    /// <summary>Blocks that keep threads busy where there are few rows.</summary>
    private const long EnoughBlocks = 8;

    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        IsSingle(inputs[0].DType) && IsSingle(inputs[1].DType) && inputs[1].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        int parameters = outputs.Length - 1, factor = centred ? 3 : 2;
        bool affine = parameters > 0, biased = parameters > 1;
        long rows = call.Inputs[factor].Shape.ElementCount, n = call.Inputs[1].Shape.ElementCount / rows;
        long rowsOfBlock = Math.Clamp(rows / EnoughBlocks, 1, MostRowsOfBlock), blocks = (rows + rowsOfBlock - 1) / rowsOfBlock;
        bool partially = affine && blocks > 1;
        using DenseInput g = new(device, call.Inputs[0], widen: false), x = new(device, call.Inputs[1], widen: false);
        using DenseInput mean = centred ? new(device, call.Inputs[2]) : default, rstd = new(device, call.Inputs[factor]);
        using var weight = affine ? new DenseInput(device, call.Inputs[factor + 1]) : default;
        var dx = new DenseOutput(device, call, outputs, 0);
        var dWeight = affine ? new DenseOutput(device, call, outputs, 1, widen: true) : default;
        var dBias = biased ? new DenseOutput(device, call, outputs, 2, widen: true) : default;
        using var partial = partially ? new Scratch(device, blocks * parameters * n * sizeof(float)) : default;
        float* weights = partially ? (float*)partial.Pointer : affine ? (float*)dWeight.Pointer : null;
        float* biases = !biased ? null : partially ? weights + n : (float*)dBias.Pointer;
        var work = new Work
        {
            Mean = (float*)mean.Pointer,
            Rstd = (float*)rstd.Pointer,
            Weight = (float*)weight.Pointer,
            Weights = weights,
            Biases = biases,
            BlockStride = (nint)(parameters * n),
            N = (nint)n,
            RowsOfBlock = rowsOfBlock,
        };
        new RowTensors
        {
            A = new(g.Pointer, call.Inputs[0].DType),
            B = new(x.Pointer, call.Inputs[1].DType),
            Y = new(dx.Pointer, call.Inputs[1].DType),
            Length = work.N,
            Rows = rows,
        }.Run(device, n * 8, ref work, rowsOfBlock);
        if (partially)
            SumBlocks(device, weights, blocks, n, work.BlockStride, dWeight);
        if (partially && biased)
            SumBlocks(device, biases, blocks, n, work.BlockStride, dBias);
        if (affine)
            dWeight.Finish();
        if (biased)
            dBias.Finish();
        dx.Finish();
    }

    /// <summary>The partial sums of one parameter. The blocks of all parameters together may have more elements than a shape.</summary>
    internal static void BlocksNest(long blocks, long n, long blockStride, out ReduceNest nest) =>
        ReduceNest.Create([blocks, n], Strides.Create([blockStride, 1]), [0], sizeof(float), out nest);

    private static void SumBlocks(CpuDevice device, float* partial, long blocks, long n, long blockStride, in DenseOutput output)
    {
        BlocksNest(blocks, n, blockStride, out var nest);
        Reducer<SumReduction<float, double>, float, double>.Run(device, &nest, (byte*)partial, ElementType.Of(DType.Float32), output.Pointer, 1);
    }

    private struct Work : IRowWork
    {
        public float* Mean;
        public float* Rstd;
        public float* Weight;

        /// <summary>The sums of the first block; null where there are none.</summary>
        public float* Weights, Biases;

        /// <summary>From those of a block to those of the next.</summary>
        public nint BlockStride;

        public nint N;
        public long RowsOfBlock;

        public readonly void Run(in RowTile tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                nint block = (nint)(row / RowsOfBlock) * BlockStride;
                float* dWeight = Weights is null ? null : Weights + block, dBias = Biases is null ? null : Biases + block;
                if (row % RowsOfBlock == 0)
                {
                    Clear(dWeight);
                    Clear(dBias);
                }

                Row(tile.A + (row * N), tile.B + (row * N), tile.Y + (row * N), Mean is null ? 0 : Mean[row], Rstd[row], dWeight, dBias, tile.Ahead);
            }
        }

        private readonly void Clear(float* sums)
        {
            if (sums is not null)
                NativeMemory.Clear(sums, (nuint)N * sizeof(float)); // a span would not be long enough for every row
        }

        private readonly void Row(float* g, float* x, float* dx, float mean, float rstd, float* dWeight, float* dBias, nint ahead)
        {
            bool centred = Mean is not null;
            if (Weight is null)
            {
                double sum = centred ? SumReduction<float, double>.Block(g, N) : 0, product = RowPass.Sum(g, x, x, N, new TimesNormal { Mean = mean, Rstd = rstd });
                RowPass.Map(dx, g, x, x, N, new Gradient { Mean = mean, Rstd = rstd, Sum = (float)(sum / N), Product = (float)(product / N) }, ahead);
                return;
            }

            double weighted = centred ? RowPass.Sum(g, Weight, x, N, default(RowMaps.Product)) : 0;
            double weightedProduct = RowPass.Sum(g, x, Weight, N, new TimesNormalWeighted { Mean = mean, Rstd = rstd });
            RowPass.Map(dWeight, g, x, dWeight, N, new AddTimesNormal { Mean = mean, Rstd = rstd });
            if (dBias is not null)
                RowPass.Map(dBias, g, dBias, dBias, N, default(RowMaps.Addition));
            RowPass.Map(
                dx, g, x, Weight, N, new WeightedGradient { Mean = mean, Rstd = rstd, Sum = (float)(weighted / N), Product = (float)(weightedProduct / N) }, ahead);
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
