using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// <see cref="SoftmaxBackwardOp"/> and <see cref="LogSoftmaxBackwardOp"/> in float32, of half types, too, over any dimension: sums first, then the
/// result, while rows or tiles of columns are in the cache. Few or long columns take passes over memory.
/// </summary>
internal sealed unsafe class SoftmaxBackwardKernel(bool log) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => IsSingleAlongDim(inputs[0]);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        int axis = call.Op is SoftmaxBackwardOp softmax ? softmax.Axis : ((LogSoftmaxBackwardOp)call.Op).Axis;
        var shape = call.Inputs[0].Shape;
        var tiles = new ColumnTiles(shape, axis);
        bool columns = tiles.Inner > 1; // half types go down columns as float32
        using DenseInput g = new(device, call.Inputs[0], widen: columns), y = new(device, call.Inputs[1], widen: columns);
        var dx = new DenseOutput(device, call, outputs, mayAlias: !columns, widen: columns);
        if (columns && tiles.AreWorthwhile)
        {
            tiles.Run(device.Workers, 3, new TileWork { G = (float*)g.Pointer, Y = (float*)y.Pointer, Dx = (float*)dx.Pointer, Axis = tiles.Axis, Inner = tiles.Inner, Log = log });
        }
        else if (columns)
        {
            RunColumns(device, shape, axis, tiles.Inner, (float*)g.Pointer, (float*)y.Pointer, (float*)dx.Pointer);
        }
        else
        {
            var work = new RowWork { N = (nint)shape[axis], Log = log };
            var dtype = call.Inputs[0].DType;
            new RowTensors<float>
            {
                A = new(g.Pointer, dtype),
                B = new(y.Pointer, dtype),
                Y = new(dx.Pointer, dtype),
                Length = work.N,
                Rows = shape.ElementCount / work.N,
            }.Run(device, work.N * 3, ref work);
        }

        dx.Finish();
    }

    private void RunColumns(CpuDevice device, Shape shape, int axis, nint inner, float* g, float* y, float* dx)
    {
        using var sums = new Scratch(device, shape.ElementCount / shape[axis] * sizeof(float));
        var work = new ColumnWork { G = g, Y = y, Dx = dx, Sums = (float*)sums.Pointer, Axis = shape[axis], Inner = inner, Log = log };
        float* terms = g;
        if (!log)
        {
            // The products are laid down where the result will be.
            terms = dx;
            work.Step = ColumnStep.Products;
            Chunks.Run(device.Workers, shape.ElementCount / inner, inner * 2, ref work);
        }

        ReduceNest.Create(shape, shape.ContiguousStrides, [axis], sizeof(float), out var nest);
        Reducer<SumReduction<float, double>, float, double>.Run(device, &nest, (byte*)terms, ElementType.Of(DType.Float32), sums.Pointer, 1);
        work.Step = ColumnStep.Results;
        Chunks.Run(device.Workers, shape.ElementCount / inner, inner * 3, ref work);
    }

    private static void Result(float* dx, float* g, float* y, float* sums, nint count, bool log, nint ahead)
    {
        if (log)
            RowPass.Map(dx, g, y, sums, count, default(LogColumnGradient), ahead);
        else
            RowPass.Map(dx, g, y, sums, count, default(ColumnGradient), ahead);
    }

    private enum ColumnStep
    {
        Products,
        Results,
    }

    private struct RowWork : IRowWork<float>
    {
        public nint N;
        public bool Log;

        public readonly void Run(in RowTile<float> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* g = tile.A + (row * N), y = tile.B + (row * N), dx = tile.Y + (row * N);
                if (Log)
                    RowPass.Map(dx, g, y, y, N, new LogGradient { Sum = (float)SumReduction<float, double>.Block(g, N) }, tile.Ahead);
                else
                    RowPass.Map(dx, g, y, y, N, new Gradient { Sum = (float)RowPass.Sum(g, y, y, N, default(RowMaps.Product<float>)) }, tile.Ahead);
            }
        }
    }

    private struct TileWork : IColumnWork
    {
        public float* G;
        public float* Y;
        public float* Dx;
        public long Axis;
        public nint Inner;
        public bool Log;

        [SkipLocalsInit]
        public readonly void Run(long first, nint width)
        {
            double* exact = stackalloc double[ReduceTile.Columns];
            float* sums = stackalloc float[ReduceTile.Columns];
            new Span<double>(exact, (int)width).Clear();
            for (long row = 0, at = first; !Log && row < Axis; row++, at += Inner)
                RowPass.Map(Dx + at, G + at, Y + at, Y + at, width, default(RowMaps.Product<float>)); // laid down where the result will be
            ColumnTiles.Reduce<SumReduction<float, double>, double>(exact, (Log ? G : Dx) + first, Axis, Inner, width);
            for (nint i = 0; i < width; i++)
                sums[i] = (float)exact[i];
            for (long row = 0, at = first; row < Axis; row++, at += Inner)
                Result(Dx + at, G + at, Y + at, sums, width, Log, 0);
        }
    }

    private struct ColumnWork : IChunkWork
    {
        public float* G;
        public float* Y;
        public float* Dx;
        public float* Sums;
        public long Axis;
        public nint Inner;
        public bool Log;
        public ColumnStep Step;

        public readonly void Run(long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* g = G + (row * Inner), y = Y + (row * Inner), dx = Dx + (row * Inner), sums = Sums + (row / Axis * Inner);
                if (Step == ColumnStep.Products)
                    RowPass.Map(dx, g, y, y, Inner, default(RowMaps.Product<float>), RowPass.Ahead);
                else
                    Result(dx, g, y, sums, Inner, Log, RowPass.Ahead);
            }
        }
    }

    /// <summary>y (g - sum(g y))</summary>
    private struct Gradient : IRowMap<float>
    {
        public float Sum;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            default(ColumnGradient).Apply<V, L>(a, b, L.Create(Sum));
    }

    private readonly struct ColumnGradient : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Multiply(b, L.Subtract(a, c));
    }

    /// <summary>g - e^y sum(g)</summary>
    private struct LogGradient : IRowMap<float>
    {
        public float Sum;

        public readonly V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            default(LogColumnGradient).Apply<V, L>(a, b, L.Create(Sum));
    }

    private readonly struct LogColumnGradient : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Subtract(a, L.Multiply(SimdMath<V, L>.Exp(b), c));
    }
}
