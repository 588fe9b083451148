using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="RandOp"/> in one pass. The same bits as the decomposition gives.</summary>
internal sealed unsafe class RandKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => true;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        var work = new Work { Y = output.Pointer, Numbers = new((RandOp)call.Op, call.Scalars[0], call.Scalars[1]) };
        RandomPieces.Run(device.Workers, work.Numbers.Count, work.Numbers.Cost, ref work);
        output.Finish();
    }

    /// <summary>A unit is a piece.</summary>
    private struct Work : IChunkWork
    {
        public byte* Y;
        public UniformNumbers Numbers;

        [SkipLocalsInit]
        public void Run(long start, long count)
        {
            byte* values = stackalloc byte[RandomPieces.Size * sizeof(float)];
            var type = Numbers.Type;
            for (long first = start * RandomPieces.Size; count > 0; count--, first += RandomPieces.Size)
            {
                nint n = Numbers.Elements(first);
                byte* y = Y + (first * type.Size);
                Numbers.Write(type.Converts ? values : y, first, n);
                if (type.Converts)
                    type.Store(values, y, type.Size, n);
            }
        }
    }
}
