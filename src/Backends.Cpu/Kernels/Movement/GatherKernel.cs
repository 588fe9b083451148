using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="GatherOp"/>.</summary>
internal sealed unsafe class GatherKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call);
        var (x, y) = (call.Inputs[0], output.Tensor);
        var walk = new IndexWalk(call.Op.Kind.Name, call.Inputs[1], ((GatherOp)call.Op).Axis, x.Shape, x.Layout.Strides, y.Layout.Strides);
        x.DType.VisitBits<Picker, int>(new(device.Workers, walk, Operand.Host(x), output.Pointer));
        outputs[0] = output.Finish();
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
            for (long i = 0; i < count; i++, index += indexStep, x += xStep, y += yStep)
            {
                long at = *index;
                if ((ulong)at >= size)
                    return i;
                *y = x[at * stride];
            }

            return count;
        }

        public readonly void VisitRun(long addressed, long other, long count) =>
            RowCopies.Row((byte*)(Y + other), (byte*)(X + addressed), (nint)count * sizeof(T));
    }
}
