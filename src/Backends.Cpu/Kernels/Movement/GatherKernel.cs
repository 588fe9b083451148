using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
        /// From one row to another, four elements a store: one each would be what this loop waits for. Only here: elements that come from all over
        /// memory keep it waiting anyway.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static long PickRow(in IndexLine line, T* x, T* y)
        {
            long* index = line.Index;
            long count = line.Count, i = 0;
            ulong size = (ulong)line.AxisSize;
            for (; i + 4 <= count; i += 4, index += 4, y += 4)
            {
                long first = index[0], second = index[1], third = index[2], fourth = index[3];
                if ((ulong)first >= size || (ulong)second >= size || (ulong)third >= size || (ulong)fourth >= size)
                    break;
                if (sizeof(T) == 4 && Vector128.IsHardwareAccelerated)
                    Vector128.Create(((uint*)x)[first], ((uint*)x)[second], ((uint*)x)[third], ((uint*)x)[fourth]).Store((uint*)y);
                else
                    (y[0], y[1], y[2], y[3]) = (x[first], x[second], x[third], x[fourth]);
            }

            for (; i < count; i++, index++, y++)
            {
                if ((ulong)*index >= size)
                    return i;
                *y = x[*index];
            }

            return count;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly long VisitRuns(in IndexLine line, long addressed, long other)
        {
            long* index = line.Index;
            long indexStep = line.IndexStep, xStep = line.AddressedStep, yStep = line.OtherStep, count = line.Count, stride = line.AxisStride;
            ulong size = (ulong)line.AxisSize;
            nint bytes = (nint)line.Run * sizeof(T);
            T* x = X + addressed, y = Y + other;
            for (long i = 0; i < count; i++, index += indexStep, x += xStep, y += yStep)
            {
                long at = *index;
                if ((ulong)at >= size)
                    return i;
                RowCopies.Row((byte*)y, (byte*)(x + (at * stride)), bytes);
            }

            return count;
        }
    }
}
