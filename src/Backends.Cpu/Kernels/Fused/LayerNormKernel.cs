using System.Numerics;

namespace Nabla;

/// <summary>
/// <see cref="LayerNormOp"/> in float32, of half types, too, and in float64: mean, variance about it, and the result, while the row is in the cache; and
/// <see cref="RmsNormOp"/>, which is the same about 0.
/// </summary>
internal sealed unsafe class LayerNormKernel(bool centred) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].Shape.ElementCount > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        if (call.Inputs[0].DType == DType.Float64)
            Run<double>(device, call, outputs);
        else
            Run<float>(device, call, outputs);
    }

    private void Run<T>(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool affine = call.Inputs.Length > 1;
        long rows = call.OutputSpecs[1].Shape.ElementCount, n = call.Inputs[0].Shape.ElementCount / rows;
        using var x = new DenseInput(device, call.Inputs[0], widen: false);
        using DenseInput weight = affine ? new(device, call.Inputs[1]) : default, bias = affine && centred ? new(device, call.Inputs[2]) : default;
        var y = new DenseOutput(device, call, outputs, 0);
        var mean = centred ? new DenseOutput(device, call, outputs, 1) : default;
        var rstd = new DenseOutput(device, call, outputs, outputs.Length - 1);
        var work = new Work<T>
        {
            Weight = (T*)weight.Pointer,
            Bias = (T*)bias.Pointer,
            Mean = centred ? (T*)mean.Pointer : null,
            Rstd = (T*)rstd.Pointer,
            N = (nint)n,
            Epsilon = T.CreateTruncating(call.Scalars[0].ToDouble()),
        };
        var dtype = call.Inputs[0].DType;
        new RowTensors<T> { A = new(x.Pointer, dtype), Y = new(y.Pointer, dtype), Length = work.N, Rows = rows }.Run(device, n * 4, ref work);
        y.Finish();
        if (centred)
            mean.Finish();
        rstd.Finish();
    }

    private struct Work<T> : IRowWork<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public T* Weight;
        public T* Bias;
        public T* Mean;
        public T* Rstd;
        public nint N;
        public T Epsilon;

        public readonly void Run(in RowTile<T> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                T* x = tile.A + (row * N), y = tile.Y + (row * N);
                var (mean, squares) = Moments(x, row);
                T rstd = Rstd[row] = T.One / T.Sqrt(T.CreateTruncating(squares / N) + Epsilon);
                if (Weight is null)
                    RowPass.Map(y, x, x, x, N, new Plain<T> { Mean = mean, Rstd = rstd }, tile.Ahead);
                else if (Bias is null)
                    RowPass.Map(y, x, Weight, x, N, new Weighted<T> { Mean = mean, Rstd = rstd }, tile.Ahead);
                else
                    RowPass.Map(y, x, Weight, Bias, N, new Affine<T> { Mean = mean, Rstd = rstd }, tile.Ahead);
            }
        }

        /// <summary>What is subtracted, and the sum of the squares of what remains.</summary>
        private readonly (T Mean, double Squares) Moments(T* x, long row)
        {
            if (Mean is null)
                return (T.Zero, RowPass.Sum(x, x, x, N, default(RowMaps.Product<T>)));
            if (typeof(T) == typeof(float))
            {
                var moments = MomentsReduction.Block((float*)x, N);
                return (Mean[row] = T.CreateTruncating(moments.Mean), moments.Squares);
            }

            T mean = Mean[row] = T.CreateTruncating(SumReduction<T, double>.Block(x, N) / N);
            return (mean, RowPass.Sum(x, x, x, N, new SquaredDistance<T> { Mean = mean }));
        }
    }

    private struct Plain<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> =>
            L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd));
    }

    private struct Weighted<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> =>
            L.Multiply(L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd)), b);
    }

    private struct Affine<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;
        public T Rstd;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T> =>
            L.MultiplyAdd(L.Multiply(L.Subtract(a, L.Create(Mean)), L.Create(Rstd)), b, c);
    }

    private struct SquaredDistance<T> : IRowMap<T> where T : unmanaged
    {
        public T Mean;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, T>
        {
            var distance = L.Subtract(a, L.Create(Mean));
            return L.Multiply(distance, distance);
        }
    }
}
