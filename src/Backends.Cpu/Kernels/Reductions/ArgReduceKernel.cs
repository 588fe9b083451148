using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="ArgReduceOp"/>: the first of equals, and the first NaN before all.</summary>
internal sealed unsafe class ArgReduceKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var op = (ArgReduceOp)call.Op;
        var x = call.Inputs[0];
        var output = new DenseOutput(device, call);
        if (x.DType == x.DType.Accumulator())
        {
            Run(device, op, x.DType, x.Shape, x.Layout.Strides, Operand.Host(x), output.Pointer);
        }
        else
        {
            using var wide = new DenseInput(device, x);
            Run(device, op, x.DType.Accumulator(), x.Shape, x.Shape.ContiguousStrides, wide.Pointer, output.Pointer);
        }

        outputs[0] = output.Finish();
    }

    private static void Run(CpuDevice device, ArgReduceOp op, DType dtype, Shape shape, Strides strides, byte* x, byte* y)
    {
        ReduceNest.Create(shape, strides, [op.Axis], dtype.Size(), out var nest);
        if (nest.Outputs > 0)
            dtype.VisitNumber<Runner, int>(new(device.Workers, &nest, x, (long*)y, op.IsMax));
    }

    private readonly struct Runner(WorkerPool pool, ReduceNest* nest, byte* x, long* y, bool max) : INumberVisitor<int>
    {
        int INumberVisitor<int>.Number<T>()
        {
            if (max)
                Search<T, ComparisonOperators.Gt>();
            else
                Search<T, ComparisonOperators.Lt>();
            return 0;
        }

        private void Search<T, TBetter>() where T : unmanaged, INumber<T> where TBetter : struct, IComparison
        {
            long perPart = Math.Clamp((1 << 13) / nest->Count, 1, nest->Outputs);
            var body = new Body<T, TBetter> { Nest = nest, X = x, Y = y, PerPart = perPart };
            pool.For((int)((nest->Outputs + perPart - 1) / perPart), ref body);
        }
    }

    private struct Body<T, TBetter> : IParallelBody where T : unmanaged, INumber<T> where TBetter : struct, IComparison
    {
        public ReduceNest* Nest;
        public byte* X;
        public long* Y;
        public long PerPart;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int part)
        {
            long first = part * PerPart, end = Math.Min(first + PerPart, Nest->Outputs), count = Nest->Count;
            nint stride = Nest->Rank == 0 ? 0 : (nint)Nest->Strides[0];
            for (long output = first; output < end; output++)
            {
                byte* at = X + Nest->OutputOffset(output);
                T best = *(T*)at;
                long index = 0;
                for (long i = 1; i < count && !T.IsNaN(best); i++)
                {
                    at += stride;
                    T value = *(T*)at;
                    if (TBetter.Apply(value, best) || T.IsNaN(value))
                        (best, index) = (value, i);
                }

                Y[output] = index;
            }
        }
    }
}
