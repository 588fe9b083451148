using System.Numerics;

namespace Nabla;

/// <summary>
/// <see cref="ArgReduceOp"/>: the first of equals, and the first NaN before all. Nothing is rounded, so that a search may be cut anywhere: each part
/// finds candidates, of which the best is picked.
/// </summary>
internal sealed unsafe class ArgReduceKernel : CpuKernel
{
    /// <summary>Columns that are searched side by side.</summary>
    public const int Tile = 256;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (ArgReduceOp)call.Op;
        var x = call.Inputs[0];
        var output = new DenseOutput(device, call, outputs);
        if (x.DType == x.DType.Accumulator())
        {
            Run(device, op, x.DType, x.Shape, x.Layout.Strides, Operand.Host(x), output.Pointer);
        }
        else
        {
            using var wide = new DenseInput(device, x);
            Run(device, op, x.DType.Accumulator(), x.Shape, x.Shape.ContiguousStrides, wide.Pointer, output.Pointer);
        }

        output.Finish();
    }

    private static void Run(CpuDevice device, ArgReduceOp op, DType dtype, Shape shape, Strides strides, byte* x, byte* y)
    {
        ReduceNest.Create(shape, strides, [op.Axis], dtype.Size(), out var nest);
        if (nest.Outputs > 0)
            dtype.VisitNumber<Runner, int>(new(device, &nest, ElementType.Of(dtype), x, (long*)y, op.IsMax));
    }

    private readonly struct Runner(CpuDevice device, ReduceNest* nest, ElementType type, byte* x, long* y, bool max) : INumberVisitor<int>
    {
        int INumberVisitor<int>.Number<T>()
        {
            if (max)
                Search<T, ChoiceReduction<NumberOperators.Maximum, T>, ComparisonOperators.Gt>();
            else
                Search<T, ChoiceReduction<NumberOperators.Minimum, T>, ComparisonOperators.Lt>();
            return 0;
        }

        private void Search<T, TChoice, TBetter>()
            where T : unmanaged, INumber<T> where TChoice : struct, IReduction<T, T> where TBetter : struct, IComparison
        {
            if (nest->Count == 1)
            {
                new Span<long>(y, checked((int)nest->Outputs)).Clear();
                return;
            }

            long fold = nest->Fold(sizeof(T), Tile);
            var searched = fold > 1 ? nest->Folded(fold) : *nest;
            bool byRows = ReduceTiling.ByRows(&searched, type);
            var tiling = new ReduceTiling(&searched, type, Tile);
            long units = byRows ? searched.Outputs : tiling.Count, segments = Segments(units, searched.Count, byRows ? 1 : tiling.Width);
            long perPart = segments > 1 ? 1 : ReduceParts.UnitsPerPart(device.Workers, &searched, units);
            bool picks = segments > 1 || fold > 1;
            using var candidates = picks ? new Scratch(device, segments * searched.Outputs * sizeof(long)) : default;
            var body = new ArgReduceBody<T, TChoice, TBetter>
            {
                Nest = &searched,
                X = x,
                Y = picks ? (long*)candidates.Pointer : y,
                Units = units,
                UnitsPerPart = perPart,
                ByRows = byRows,
                Tiling = tiling,
                Segments = segments,
                SegmentLength = (searched.Count + segments - 1) / segments,
            };
            device.Workers.For((int)((units + perPart - 1) / perPart * segments), ref body);
            if (!picks)
                return;
            var pick = new ArgPick<T, TBetter> { Nest = nest, X = x, Y = y, Candidates = (long*)candidates.Pointer, Segments = segments, Fold = fold };
            Chunks.Run(device.Workers, nest->Outputs, 4 * segments * fold, ref pick);
        }

        /// <summary>Into how many the elements of a unit, so many outputs wide, are cut, so that every thread has some.</summary>
        private long Segments(long units, long count, long width)
        {
            int threads = device.Workers.Threads;
            if (threads == 1 || units >= 2 * threads)
                return 1;
            long wanted = Math.Clamp(count * width / Chunks.MinWorkPerPart, 1, Math.Min(count, 4L * threads / units)), length = (count + wanted - 1) / wanted;
            return (count + length - 1) / length; // no empty one
        }
    }
}
