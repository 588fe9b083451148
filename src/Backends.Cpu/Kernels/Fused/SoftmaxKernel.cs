namespace Nabla;

/// <summary>
/// <see cref="SoftmaxOp"/> and <see cref="LogSoftmaxOp"/> in float32. Over the last dimension a row stays in the cache between its passes; over
/// others a first pass over memory finds the largest elements and the sums, and a second one the results.
/// </summary>
internal sealed unsafe class SoftmaxKernel(bool log) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) =>
        inputs[0].DType == DType.Float32 && inputs[0].Shape.ElementCount > 0 && inputs[0].Shape.Rank > 0;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        int axis = call.Op is SoftmaxOp softmax ? softmax.Axis : ((LogSoftmaxOp)call.Op).Axis;
        var shape = call.Inputs[0].Shape;
        using var x = new DenseInput(device, call.Inputs[0]);
        var y = new DenseOutput(device, call, outputs, mayAlias: true);
        long inner = ColumnLayout.Inner(shape, axis);
        if (inner > 1)
        {
            RunColumns(device, shape, axis, inner, (float*)x.Pointer, (float*)y.Pointer);
        }
        else
        {
            var work = new RowWork { X = (float*)x.Pointer, Y = (float*)y.Pointer, N = (nint)shape[axis], Log = log };
            Chunks.Run(device.Workers, shape.ElementCount / shape[axis], shape[axis] * 6, ref work);
        }

        y.Finish();
    }

    private void RunColumns(CpuDevice device, Shape shape, int axis, long inner, float* x, float* y)
    {
        long columns = shape.ElementCount / shape[axis];
        using var temporary = new Scratch(device, columns * (sizeof(ExpSum) + (2 * sizeof(float))));
        var sums = (ExpSum*)temporary.Pointer;
        float* shift = (float*)(sums + columns), scale = shift + columns;
        ReduceNest.Create(shape, shape.ContiguousStrides, [axis], sizeof(float), out var nest);
        Reducer<LogSumExpReduction, float, ExpSum>.Accumulate(device, &nest, (byte*)x, ElementType.Of(DType.Float32), sums);
        for (long i = 0; i < columns; i++)
        {
            // Beside an infinite maximum everything is NaN, as the definition has it.
            shift[i] = sums[i].Max;
            scale[i] = float.IsInfinity(sums[i].Max) ? float.NaN : (float)(log ? Math.Log(sums[i].Sum) : 1 / sums[i].Sum);
        }

        var work = new ColumnWork { X = x, Y = y, Shift = shift, Scale = scale, Axis = shape[axis], Inner = (nint)inner, Log = log };
        Chunks.Run(device.Workers, shape.ElementCount / inner, inner * 6, ref work);
    }

    private struct RowWork : IChunkWork
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
                    double sum = float.IsInfinity(max) ? double.NaN : RowPass.Sum(x, x, x, N, new RowMaps.ExpTerm { Shift = max });
                    RowPass.Map(y, x, x, x, N, new RowMaps.ShiftedTwice { First = max, Second = (float)Math.Log(sum) }, RowPass.Ahead);
                }
                else
                {
                    double sum = RowPass.MapSum(y, x, x, x, N, new RowMaps.ExpShifted { Shift = max }, RowPass.Ahead);
                    RowPass.Map(y, y, y, y, N, new RowMaps.Scaled { Factor = (float)(1 / sum) });
                }
            }
        }
    }

    private struct ColumnWork : IChunkWork
    {
        public float* X;
        public float* Y;
        public float* Shift;
        public float* Scale;
        public long Axis;
        public nint Inner;
        public bool Log;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = X + (row * Inner), y = Y + (row * Inner);
                float* shift = Shift + (row / Axis * Inner), scale = Scale + (row / Axis * Inner);
                if (Log)
                    RowPass.Map(y, x, shift, scale, Inner, default(SubtractTwice), RowPass.Ahead);
                else
                    RowPass.Map(y, x, shift, scale, Inner, default(ScaledExp), RowPass.Ahead);
            }
        }
    }

    /// <summary>a - b - c</summary>
    private readonly struct SubtractTwice : IRowMap
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Subtract(L.Subtract(a, b), c);
    }

    /// <summary>e^(a - b) c</summary>
    private readonly struct ScaledExp : IRowMap
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(SimdMath<V, L>.Exp(L.Subtract(a, b)), c);
    }
}
