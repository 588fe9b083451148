using System.Numerics;

namespace Nabla;

/// <summary><see cref="ArgReduceOp"/>: the first of equals, and the first NaN before all.</summary>
internal sealed unsafe class ArgReduceKernel : CpuKernel
{
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
        // A number without dimensions has nothing to search: its index is 0.
        ReduceNest.Create(shape, strides, shape.Rank == 0 ? default : [op.Axis], dtype.Size(), out var nest);
        if (nest.Outputs > 0)
            dtype.VisitNumber<Runner, int>(new(device.Workers, &nest, x, (long*)y, op.IsMax));
    }

    private readonly struct Runner(WorkerPool pool, ReduceNest* nest, byte* x, long* y, bool max) : INumberVisitor<int>
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
            bool columns = !nest->ByRows && nest->KeptRank > 0 && nest->KeptStrides[0] == sizeof(T);
            long inner = columns ? nest->KeptSizes[0] : 1;
            long perPart = columns ? ArgReduceBody<T, TChoice, TBetter>.Tile : Math.Clamp((1 << 13) / nest->Count, 1, nest->Outputs);
            var body = new ArgReduceBody<T, TChoice, TBetter> { Nest = nest, X = x, Y = y, PerPart = perPart, Columns = columns };
            long parts = columns ? nest->Outputs / inner * ((inner + perPart - 1) / perPart) : (nest->Outputs + perPart - 1) / perPart;
            pool.For((int)parts, ref body);
        }
    }
}
