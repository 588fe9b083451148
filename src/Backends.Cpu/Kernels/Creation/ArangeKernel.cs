using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="ArangeOp"/>: each element from its index, so that no error accumulates.</summary>
internal sealed unsafe class ArangeKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        var op = (ArangeOp)call.Op;
        op.DType.Visit<Writer, int>(new(device.Workers, op, call.Scalars[0], call.Scalars[1], output.Pointer));
        output.Finish();
    }

    private readonly struct Writer(WorkerPool pool, ArangeOp op, Scalar start, Scalar step, byte* y) : IDTypeVisitor<int>
    {
        public int Bool() => throw DTypeSwitch.OutsideDomain("bool");

        int IDTypeVisitor<int>.Integer<T>()
        {
            var work = new Integers<T> { Y = (T*)y, First = start.ToInt64(), Step = step.ToInt64() };
            Chunks.Run(pool, op.Length, 1, ref work);
            return 0;
        }

        int IDTypeVisitor<int>.Float<T>()
        {
            var work = new Floats<T> { Y = y, Type = ElementType.Of(op.DType), First = start.ToDouble(), Step = step.ToDouble() };
            Chunks.Run(pool, op.Length, 2, ref work);
            return 0;
        }
    }

    private struct Integers<T> : IChunkWork where T : unmanaged, IBinaryInteger<T>
    {
        public T* Y;
        public long First;
        public long Step;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            for (long i = start; i < start + count; i++)
                Y[i] = T.CreateTruncating(unchecked(First + (i * Step)));
        }
    }

    /// <summary>In binary64, rounded to <typeparamref name="T"/> in pieces; half types are rounded again, from float32.</summary>
    private struct Floats<T> : IChunkWork where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private const int Piece = 256;

        public byte* Y;
        public ElementType Type;
        public double First;
        public double Step;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(long start, long count)
        {
            T* values = stackalloc T[Piece];
            for (long done = 0; done < count; done += Piece)
            {
                nint n = (nint)Math.Min(Piece, count - done);
                for (nint i = 0; i < n; i++)
                    values[i] = T.CreateTruncating(First + ((start + done + i) * Step));
                Type.Store((byte*)values, Y + ((start + done) * Type.Size), Type.Size, n);
            }
        }
    }
}
