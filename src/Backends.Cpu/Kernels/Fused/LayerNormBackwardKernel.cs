using System.Numerics;
using System.Runtime.InteropServices;

namespace Nabla;

/// <summary>
/// <see cref="LayerNormBackwardOp"/> in float32, of half types, too, and in float64. The gradients of weight and bias are summed over blocks of rows whose size their
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
        IsSingle(inputs[0].DType) == IsSingle(inputs[1].DType) && inputs[1].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        if (call.Inputs[1].DType == DType.Float64)
            Run<double>(device, call, outputs);
        else
            Run<float>(device, call, outputs);
    }

    private void Run<T>(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
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
        using var partial = partially ? new Scratch(device, blocks * parameters * n * sizeof(T)) : default;
        T* weights = partially ? (T*)partial.Pointer : affine ? (T*)dWeight.Pointer : null;
        T* biases = !biased ? null : partially ? weights + n : (T*)dBias.Pointer;
        var work = new Work<T>
        {
            Mean = (T*)mean.Pointer,
            Rstd = (T*)rstd.Pointer,
            Weight = (T*)weight.Pointer,
            Weights = weights,
            Biases = biases,
            BlockStride = (nint)(parameters * n),
            N = (nint)n,
            RowsOfBlock = rowsOfBlock,
        };
        new RowTensors<T>
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
    internal static void BlocksNest(long blocks, long n, long blockStride, int elementSize, out ReduceNest nest) =>
        ReduceNest.Create([blocks, n], Strides.Create([blockStride, 1]), [0], elementSize, out nest);

    private static void SumBlocks<T>(CpuDevice device, T* partial, long blocks, long n, long blockStride, in DenseOutput output)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        BlocksNest(blocks, n, blockStride, sizeof(T), out var nest);
        Reducer<SumReduction<T, double>, T, double>.Run(device, &nest, (byte*)partial, ElementType.Of(DTypes.Of<T>()), output.Pointer, 1);
    }

    private struct Work<T> : IRowWork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Mean;
        public T* Rstd;
        public T* Weight;

        /// <summary>The sums of the first block; null where there are none.</summary>
        public T* Weights, Biases;

        /// <summary>From those of a block to those of the next.</summary>
        public nint BlockStride;

        public nint N;
        public long RowsOfBlock;

        public readonly void Run(in RowTile<T> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                nint block = (nint)(row / RowsOfBlock) * BlockStride;
                T* dWeight = Weights is null ? null : Weights + block, dBias = Biases is null ? null : Biases + block;
                if (row % RowsOfBlock == 0)
                {
                    Clear(dWeight);
                    Clear(dBias);
                }

                Row(tile.A + (row * N), tile.B + (row * N), tile.Y + (row * N), Mean is null ? T.Zero : Mean[row], Rstd[row], dWeight, dBias, tile.Ahead);
            }
        }

        private readonly void Clear(T* sums)
        {
            if (sums is not null)
                NativeMemory.Clear(sums, (nuint)N * (nuint)sizeof(T)); // a span would not be long enough for every row
        }

        private readonly void Row(T* g, T* x, T* dx, T mean, T rstd, T* dWeight, T* dBias, nint ahead)
        {
            bool centred = Mean is not null;
            if (Weight is null)
            {
                double sum = centred ? SumReduction<T, double>.Block(g, N) : 0, product = RowPass.Sum(g, x, x, N, new TimesNormal<T> { Mean = mean, Rstd = rstd });
                RowPass.Map(dx, g, x, x, N, new Gradient<T> { Mean = mean, Rstd = rstd, Sum = T.CreateTruncating(sum / N), Product = T.CreateTruncating(product / N) }, ahead);
                return;
            }

            double weighted = centred ? RowPass.Sum(g, Weight, x, N, default(RowMaps.Product<T>)) : 0;
            double weightedProduct = RowPass.Sum(g, x, Weight, N, new TimesNormalWeighted<T> { Mean = mean, Rstd = rstd });
            RowPass.Map(dWeight, g, x, dWeight, N, new AddTimesNormal<T> { Mean = mean, Rstd = rstd });
            if (dBias is not null)
                RowPass.Map(dBias, g, dBias, dBias, N, default(RowMaps.Addition<T>));
            RowPass.Map(
                dx, g, x, Weight, N, new WeightedGradient<T> { Mean = mean, Rstd = rstd, Sum = T.CreateTruncating(weighted / N), Product = T.CreateTruncating(weightedProduct / N) }, ahead);
        }
    }

    private static V Normal<V, L, T>(V x, T mean, T rstd) where V : struct where L : struct, ISimd<V, T> where T : unmanaged =>
        L.Multiply(L.Subtract(x, L.Create(mean)), L.Create(rstd));

    private struct TimesNormal<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.Multiply(a, Normal<V, L, T>(b, Mean, Rstd));
    }

    private struct TimesNormalWeighted<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> =>
            L.Multiply(L.Multiply(a, c), Normal<V, L, T>(b, Mean, Rstd));
    }

    private struct AddTimesNormal<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.MultiplyAdd(a, Normal<V, L, T>(b, Mean, Rstd), c);
    }

    /// <summary>rstd (g - mean(g) - n mean(g n))</summary>
    private struct Gradient<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;
        public T Sum;
        public T Product;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.Multiply(
            L.Create(Rstd), L.Subtract(L.Subtract(a, L.Create(Sum)), L.Multiply(Normal<V, L, T>(b, Mean, Rstd), L.Create(Product))));
    }

    /// <summary>The same with g times the weight in place of g.</summary>
    private struct WeightedGradient<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;
        public T Sum;
        public T Product;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> => L.Multiply(
            L.Create(Rstd), L.Subtract(L.Subtract(L.Multiply(a, c), L.Create(Sum)), L.Multiply(Normal<V, L, T>(b, Mean, Rstd), L.Create(Product))));
    }
}
