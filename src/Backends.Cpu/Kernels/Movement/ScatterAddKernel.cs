using System.Numerics;
using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="ScatterAddOp"/>: each sum in row-major order of the source, so that it does not depend on threads. Half types sum in float32.</summary>
internal sealed unsafe class ScatterAddKernel : CpuKernel
{
    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var (x, index, source) = (call.Inputs[0], call.Inputs[1], call.Inputs[2]);
        var compute = x.DType.Accumulator();
        bool inPlace = compute == x.DType && call.Target(0) is { } target && Aliasing.Same(target, x) && target.Storage != index.Storage && target.Storage != source.Storage;
        var sums = inPlace ? call.Target(0)! : device.Allocate(new(compute, x.Shape));
        try
        {
            ElementType type = ElementType.Of(x.DType), sumType = ElementType.Of(compute);
            if (!inPlace)
                Copies.Run(device.Workers, compute, new(sums, sumType), new(x, type));
            using var addends = new DenseInput(device, source);
            var strides = source.Shape.ContiguousStrides;
            var walk = new IndexWalk(call.Op.Kind.Name, index, ((ScatterAddOp)call.Op).Axis, x.Shape, sums.Layout.Strides, strides);
            compute.VisitNumber<Adder, int>(new(device.Workers, walk, Operand.Host(sums), addends.Pointer));
            if (inPlace || (call.Target(0) is null && compute == x.DType))
            {
                outputs[0] = sums;
                if (!inPlace)
                    sums.Storage.Retain();
                return;
            }

            var y = Output(device, call, outputs);
            Copies.Run(device.Workers, compute, new(y, type), new(sums, sumType));
        }
        finally
        {
            if (!inPlace)
                sums.Storage.Release();
        }
    }

    private readonly struct Adder(WorkerPool pool, IndexWalk walk, byte* y, byte* source) : INumberVisitor<int>
    {
        int INumberVisitor<int>.Number<T>()
        {
            walk.Run(pool, new Visitor<T> { Y = (T*)y, Source = (T*)source }, adds: true);
            return 0;
        }
    }

    private struct Visitor<T> : IIndexVisitor where T : unmanaged, INumber<T>
    {
        public T* Y;
        public T* Source;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly long VisitLine(in IndexLine line, long addressed, long other)
        {
            long* index = line.Index;
            long indexStep = line.IndexStep, yStep = line.AddressedStep, sourceStep = line.OtherStep, count = line.Count, stride = line.AxisStride;
            ulong size = (ulong)line.AxisSize;
            T* y = Y + addressed, source = Source + other;
            for (long i = 0; i < count; i++, index += indexStep, y += yStep, source += sourceStep)
            {
                long at = *index;
                if ((ulong)at >= size)
                    return i;
                y[at * stride] = unchecked(y[at * stride] + *source);
            }

            return count;
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly long VisitRuns(in IndexLine line, long addressed, long other)
        {
            long* index = line.Index;
            long indexStep = line.IndexStep, yStep = line.AddressedStep, sourceStep = line.OtherStep, count = line.Count, stride = line.AxisStride;
            ulong size = (ulong)line.AxisSize;
            T* y = Y + addressed, source = Source + other;
            for (long i = 0; i < count; i++, index += indexStep, y += yStep, source += sourceStep)
            {
                long at = *index;
                if ((ulong)at >= size)
                    return i;
                var sums = (byte*)(y + (at * stride));
                VectorBinaryRow<NumberMap2<NumberOperators.Add, T>, T>.Run(sums, sums, (byte*)source, null, (nint)line.Run, 0);
            }

            return count;
        }
    }
}
