using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="ArangeOp"/>: each element from its index, so that no error accumulates.</summary>
internal sealed unsafe class ArangeKernel : CpuKernel
{
    private static readonly RowTable Sums = new(Rows.Number2<NumberOperators.Add>());

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
            var work = new Integers<T> { Y = (T*)y, First = start.ToInt64(), Step = step.ToInt64(), Sum = Sums[op.DType] };
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

    /// <summary>The first elements, and the same moved along: sums wrap as the elements do.</summary>
    private struct Integers<T> : IChunkWork where T : unmanaged, IBinaryInteger<T>
    {
        private const int Piece = 512;

        public T* Y;
        public long First;
        public long Step;
        public Row Sum;

        [SkipLocalsInit]
        public readonly void Run(long start, long count)
        {
            T* steps = stackalloc T[Piece];
            for (nint i = 0; i < Math.Min(Piece, count); i++)
                steps[i] = T.CreateTruncating(unchecked(i * Step));
            for (long end = start + count; start < end; start += Piece)
            {
                T first = T.CreateTruncating(unchecked(First + (start * Step)));
                Sum.Function((byte*)(Y + start), (byte*)steps, (byte*)&first, null, (nint)Math.Min(Piece, end - start), 2);
            }
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
        public readonly void Run(long start, long count)
        {
            double* exact = stackalloc double[Piece];
            T* values = stackalloc T[Piece];
            for (long end = start + count; start < end; start += Piece)
            {
                nint n = (nint)Math.Min(Piece, end - start);
                var body = new Progression { Y = exact, Count = n, Index = start, First = First, Step = Step };
                if (!WidestVector.Run<Progression, double>(ref body))
                    body.Tail(0);
                byte* y = Y + (start * Type.Size);
                if (typeof(T) == typeof(double))
                {
                    new ReadOnlySpan<double>(exact, (int)n).CopyTo(new Span<double>(y, (int)n));
                    continue;
                }

                Widening.Narrow(exact, Type.Converts ? (float*)values : (float*)y, n);
                if (Type.Converts)
                    Type.Store((byte*)values, y, Type.Size, n);
            }
        }
    }

    /// <summary>First + index step, rounded after the product and after the sum.</summary>
    private struct Progression : IVectorBody<double>
    {
        public double* Y;
        public nint Count;
        public long Index;
        public double First;
        public double Step;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run<V, L>() where V : struct where L : struct, ISimd<V, double>
        {
            double* lanes = stackalloc double[L.Count];
            for (int i = 0; i < L.Count; i++)
                lanes[i] = Index + i;
            V index = L.Load(lanes), next = L.Create(L.Count), first = L.Create(First), step = L.Create(Step);
            nint done = 0;
            for (; done + L.Count <= Count; done += L.Count, index = L.Add(index, next))
                L.Store(Y + done, L.Add(first, L.Multiply(index, step)));
            Tail(done);
        }

        public readonly void Tail(nint done)
        {
            for (; done < Count; done++)
                Y[done] = First + ((Index + done) * Step);
        }
    }
}
