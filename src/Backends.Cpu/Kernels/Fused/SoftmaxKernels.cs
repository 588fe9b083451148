namespace Nabla;

/// <summary>Softmax, its logarithm and their gradients, over the last dimension: a row stays in the cache between its passes.</summary>
internal static unsafe class SoftmaxKernels
{
    public sealed class Forward(bool log) : FusedKernel
    {
        public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
            IsRows(inputs[0], op is SoftmaxOp softmax ? softmax.Axis : ((LogSoftmaxOp)op).Axis);

        public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
        {
            var shape = call.Inputs[0].Shape;
            using var x = new DenseInput(device, call.Inputs[0]);
            var y = new DenseOutput(device, call, mayAlias: true);
            var work = new ForwardWork { X = (float*)x.Pointer, Y = (float*)y.Pointer, N = (nint)shape[^1], Log = log };
            Chunks.Run(device.Workers, shape.ElementCount / shape[^1], shape[^1] * 6, ref work);
            outputs[0] = y.Finish();
        }
    }

    public sealed class Backward(bool log) : FusedKernel
    {
        public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
            IsRows(inputs[0], op is SoftmaxBackwardOp softmax ? softmax.Axis : ((LogSoftmaxBackwardOp)op).Axis);

        public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
        {
            var shape = call.Inputs[0].Shape;
            using DenseInput g = new(device, call.Inputs[0]), y = new(device, call.Inputs[1]);
            var dx = new DenseOutput(device, call, mayAlias: true);
            var work = new BackwardWork { G = (float*)g.Pointer, Y = (float*)y.Pointer, Dx = (float*)dx.Pointer, N = (nint)shape[^1], Log = log };
            Chunks.Run(device.Workers, shape.ElementCount / shape[^1], shape[^1] * 3, ref work);
            outputs[0] = dx.Finish();
        }
    }

    private struct ForwardWork : IChunkWork
    {
        public float* X;
        public float* Y;
        public nint N;
        public bool Log;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = X + (row * N), y = Y + (row * N);
                float max = ChoiceReduction<NumberOperators.Maximum, float>.Block(x, N);
                if (Log)
                {
                    double sum = RowPass.Sum(x, x, x, N, new ExpShifted { Shift = max });
                    RowPass.Map(y, x, x, x, N, new Shifted { Shift = max, LogSum = (float)Math.Log(sum) });
                }
                else
                {
                    RowPass.Map(y, x, x, x, N, new ExpShifted { Shift = max });
                    RowPass.Map(y, y, y, y, N, new Scaled { Factor = (float)(1 / SumReduction<float, double>.Block(y, N)) });
                }
            }
        }
    }

    private struct BackwardWork : IChunkWork
    {
        public float* G;
        public float* Y;
        public float* Dx;
        public nint N;
        public bool Log;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* g = G + (row * N), y = Y + (row * N), dx = Dx + (row * N);
                if (Log)
                    RowPass.Map(dx, g, y, y, N, new LogGradient { Sum = (float)SumReduction<float, double>.Block(g, N) });
                else
                    RowPass.Map(dx, g, y, y, N, new Gradient { Sum = (float)RowPass.Sum(g, y, y, N, default(Product)) });
            }
        }
    }

    private struct ExpShifted : IRowMap
    {
        public float Shift;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            SimdMath<V, L>.Exp(L.Subtract(a, L.Create(Shift)));
    }

    private struct Shifted : IRowMap
    {
        public float Shift;
        public float LogSum;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(L.Subtract(a, L.Create(Shift)), L.Create(LogSum));
    }

    private struct Scaled : IRowMap
    {
        public float Factor;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(a, L.Create(Factor));
    }

    private readonly struct Product : IRowMap
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(a, b);
    }

    /// <summary>y (g - sum(g y))</summary>
    private struct Gradient : IRowMap
    {
        public float Sum;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(b, L.Subtract(a, L.Create(Sum)));
    }

    /// <summary>g - e^y sum(g)</summary>
    private struct LogGradient : IRowMap
    {
        public float Sum;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(a, L.Multiply(SimdMath<V, L>.Exp(b), L.Create(Sum)));
    }
}
