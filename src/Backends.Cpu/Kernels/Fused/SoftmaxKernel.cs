using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary>
/// <see cref="SoftmaxOp"/> and <see cref="LogSoftmaxOp"/> in float32, of half types, too: the largest elements and the sums first, then the
/// results, while rows or tiles of columns are in the cache. Few or long columns take two passes over memory.
/// </summary>
internal sealed unsafe class SoftmaxKernel(bool log) : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => IsSingleAlongDim(inputs[0]);

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        int axis = call.Op is SoftmaxOp softmax ? softmax.Axis : ((LogSoftmaxOp)call.Op).Axis;
        var shape = call.Inputs[0].Shape;
        var dtype = call.Inputs[0].DType;
        var tiles = new ColumnTiles(shape, axis);
        bool columns = tiles.Inner > 1; // half types go down columns as float32
        using var x = new DenseInput(device, call.Inputs[0], widen: columns);
        var y = new DenseOutput(device, call, outputs, mayAlias: true, widen: columns);
        if (columns && tiles.AreWorthwhile)
        {
            tiles.Run(device.Workers, 6, new TileWork { X = (float*)x.Pointer, Y = (float*)y.Pointer, Axis = tiles.Axis, Inner = tiles.Inner, Log = log });
        }
        else if (columns)
        {
            RunColumns(device, shape, axis, tiles.Inner, (float*)x.Pointer, (float*)y.Pointer);
        }
        else
        {
            var work = new RowWork { N = (nint)shape[axis], Log = log };
            new RowTensors<float> { A = new(x.Pointer, dtype), Y = new(y.Pointer, dtype), Length = work.N, Rows = shape.ElementCount / work.N }
                .Run(device, work.N * 6, ref work);
        }

        y.Finish();
    }

    private void RunColumns(CpuDevice device, Shape shape, int axis, nint inner, float* x, float* y)
    {
        long columns = shape.ElementCount / shape[axis];
        using var temporary = new Scratch(device, columns * (sizeof(ExpSum) + (2 * sizeof(float))));
        var sums = (ExpSum*)temporary.Pointer;
        float* shift = (float*)(sums + columns), scale = shift + columns;
        ReduceNest.Create(shape, shape.ContiguousStrides, [axis], sizeof(float), out var nest);
        Reducer<LogSumExpReduction, float, ExpSum>.Accumulate(device, &nest, (byte*)x, ElementType.Of(DType.Float32), sums);
        var finish = new FinishWork { Sums = sums, Shift = shift, Scale = scale, Log = log };
        Chunks.Run(device.Workers, columns, 4, ref finish);
        var work = new ColumnWork { X = x, Y = y, Shift = shift, Scale = scale, Axis = shape[axis], Inner = inner, Log = log };
        Chunks.Run(device.Workers, shape.ElementCount / inner, inner * 6, ref work);
    }

    private struct RowWork : IRowWork<float>
    {
        public nint N;
        public bool Log;

        public readonly void Run(in RowTile<float> tile, long start, long count)
        {
            for (long row = start; row < start + count; row++)
            {
                float* x = tile.A + (row * N), y = tile.Y + (row * N);
                float max = ChoiceReduction<NumberOperators.Maximum, float>.Block(x, N);
                if (Log)
                {
                    double sum = float.IsInfinity(max) ? double.NaN : RowPass.Sum(x, x, x, N, new RowMaps.ExpTerm { Shift = max });
                    RowPass.Map(y, x, x, x, N, new RowMaps.ShiftedTwice { First = max, Second = (float)Math.Log(sum) }, tile.Ahead);
                }
                else
                {
                    double sum = RowPass.MapSum(y, x, x, x, N, new RowMaps.ExpShifted { Shift = max }, tile.Ahead);
                    RowPass.Map(y, y, y, y, N, new RowMaps.Scaled { Factor = (float)(1 / sum) });
                }
            }
        }
    }

    /// <summary>What is taken off each element of a column, and what its power, or it, then goes by.</summary>
    private static void Finish(ExpSum* sums, float* shift, float* scale, nint count, bool log)
    {
        for (nint i = 0; i < count; i++)
        {
            // Beside an infinite maximum everything is NaN, as the definition has it.
            shift[i] = sums[i].Max;
            scale[i] = float.IsInfinity(sums[i].Max) ? float.NaN : (float)(log ? sums[i].Sum : 1 / sums[i].Sum);
        }

        if (log)
            RowPass.Map(scale, scale, scale, scale, count, default(Logarithm));
    }

    private static void Row(float* y, float* x, float* shift, float* scale, nint count, bool log, nint ahead)
    {
        if (log)
            RowPass.Map(y, x, shift, scale, count, default(SubtractTwice), ahead);
        else
            RowPass.Map(y, x, shift, scale, count, default(ScaledExp), ahead);
    }

    private struct TileWork : IColumnWork
    {
        public float* X;
        public float* Y;
        public long Axis;
        public nint Inner;
        public bool Log;

        [SkipLocalsInit]
        public readonly void Run(long first, nint width)
        {
            ExpSum* sums = stackalloc ExpSum[ReduceTile.Columns];
            float* shift = stackalloc float[ReduceTile.Columns], scale = stackalloc float[ReduceTile.Columns];
            new Span<ExpSum>(sums, (int)width).Fill(LogSumExpReduction.Seed);
            float* x = X + first, y = Y + first;
            ColumnTiles.Reduce<LogSumExpReduction, ExpSum>(sums, x, Axis, Inner, width);
            Finish(sums, shift, scale, width, Log);
            for (long row = 0; row < Axis; row++, x += Inner, y += Inner)
                Row(y, x, shift, scale, width, Log, 0);
        }
    }

    private struct FinishWork : IChunkWork
    {
        public ExpSum* Sums;
        public float* Shift;
        public float* Scale;
        public bool Log;

        public readonly void Run(long start, long count) => Finish(Sums + start, Shift + start, Scale + start, (nint)count, Log);
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
                Row(Y + (row * Inner), X + (row * Inner), Shift + (row / Axis * Inner), Scale + (row / Axis * Inner), Inner, Log, RowPass.Ahead);
        }
    }

    private readonly struct Logarithm : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => SimdMath<V, L>.Log(a);
    }

    /// <summary>a - b - c</summary>
    private readonly struct SubtractTwice : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> => L.Subtract(L.Subtract(a, b), c);
    }

    /// <summary>e^(a - b) c</summary>
    private readonly struct ScaledExp : IRowMap<float>
    {
        public V Apply<V, L>(V a, V b, V c) where V : struct where L : struct, ISimd<V, float> =>
            L.Multiply(SimdMath<V, L>.Exp(L.Subtract(a, b)), c);
    }
}
