using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="RandIntOp"/> in one pass.</summary>
internal sealed unsafe class RandIntKernel : FusedKernel
{
    public override bool Claims(CompositeOp op, ReadOnlySpan<TensorSpec> inputs) => true;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        var work = new Work
        {
            Y = (long*)output.Pointer,
            Count = call.OutputSpecs[0].Shape.ElementCount,
            Low = call.Scalars[0].ToInt64(),
            Range = (uint)call.Scalars[1].ToInt64(),
            Key = (ulong)call.Scalars[2].ToInt64(),
            Counter = (ulong)call.Scalars[3].ToInt64(),
        };
        RandomPieces.Run(device.Workers, work.Count, RandomPieces.Cost + 4, ref work);
        output.Finish();
    }

    /// <summary>A unit is a piece.</summary>
    private struct Work : IChunkWork
    {
        public long* Y;
        public long Count;
        public long Low;
        public uint Range;
        public ulong Key;
        public ulong Counter;

        [SkipLocalsInit]
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Run(long start, long count)
        {
            uint* words = stackalloc uint[RandomPieces.Size];
            ulong range = Range;
            long low = Low;
            for (long first = start * RandomPieces.Size; count > 0; count--, first += RandomPieces.Size)
            {
                nint n = (nint)Math.Min(RandomPieces.Size, Count - first);
                long* y = Y + first;
                RandomPieces.Words(words, Key, Counter, first, n);
                for (nint i = 0; i < n; i++)
                    y[i] = low + (long)((words[i] * range) >> 32);
            }
        }
    }
}
