using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="GatherOp"/>.</summary>
internal sealed unsafe class GatherKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        var (x, y) = (call.Inputs[0], output.Tensor);
        var walk = new IndexWalk(call.Op.Kind.Name, call.Inputs[1], ((GatherOp)call.Op).Axis, x.Shape, x.Layout.Strides, y.Layout.Strides);
        x.DType.VisitBits<Picker, int>(new(device.Workers, walk, Operand.Host(x), output.Pointer));
        output.Finish();
    }

    private readonly struct Picker(WorkerPool pool, IndexWalk walk, byte* x, byte* y) : ISizeVisitor<int>
    {
        int ISizeVisitor<int>.Bits<T>()
        {
            walk.Run(pool, new Visitor<T> { X = (T*)x, Y = (T*)y }, adds: false);
            return 0;
        }
    }

    private struct Visitor<T> : IIndexVisitor where T : unmanaged
    {
        public T* X;
        public T* Y;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly long VisitLine(in IndexLine line, long addressed, long other)
        {
            long* index = line.Index;
            long indexStep = line.IndexStep, xStep = line.AddressedStep, yStep = line.OtherStep, count = line.Count, stride = line.AxisStride;
            ulong size = (ulong)line.AxisSize;
            T* x = X + addressed, y = Y + other;
            if (line is { IndexStep: 1, AddressedStep: 0, OtherStep: 1, AxisStride: 1 })
                return PickRow(line, x, y);
            for (long i = 0; i < count; i++, index += indexStep, x += xStep, y += yStep)
            {
                long at = *index;
                if ((ulong)at >= size)
                    return i;
                *y = x[at * stride];
            }

            return count;
        }

        /// <summary>
        /// From one row to another, a piece at a time: its indices are checked, then used without branches. Only here: where elements come from all
        /// over memory, a branch that is foreseen costs nothing, and indices that were read ahead would not be on their way together with them.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static long PickRow(in IndexLine line, T* x, T* y)
        {
            for (long done = 0; done < line.Count; done += IndexRange.Piece)
            {
                long* index = line.Index + done;
                long n = Math.Min(IndexRange.Piece, line.Count - done), good = IndexRange.Count(index, n, line.AxisSize);
                if (good < n)
                    return done + good;
                PickPiece(x, index, y + done, n);
            }

            return line.Count;
        }

        /// <summary>Loads come before stores, so that none waits for an address.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void PickPiece(T* x, long* index, T* y, long count)
        {
            long i = 0;
            for (; i + 8 <= count; i += 8, index += 8, y += 8)
            {
                T x0 = x[index[0]], x1 = x[index[1]], x2 = x[index[2]], x3 = x[index[3]];
                T x4 = x[index[4]], x5 = x[index[5]], x6 = x[index[6]], x7 = x[index[7]];
                (y[0], y[1], y[2], y[3]) = (x0, x1, x2, x3);
                (y[4], y[5], y[6], y[7]) = (x4, x5, x6, x7);
            }

            for (; i < count; i++)
                *y++ = x[*index++];
        }

        public readonly void VisitRun(long addressed, long other, long count) =>
            RowCopies.Row((byte*)(Y + other), (byte*)(X + addressed), (nint)count * sizeof(T));
    }
}
