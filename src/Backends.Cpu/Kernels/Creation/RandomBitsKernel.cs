namespace Nabla;

/// <summary><see cref="RandomBitsOp"/>: blocks of four words, each from its own counter, so that threads share nothing.</summary>
internal sealed unsafe class RandomBitsKernel : CpuKernel
{
    /// <summary>Of a block, in additions.</summary>
    private const long Cost = 16;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call, outputs);
        long count = call.OutputSpecs[0].Shape.ElementCount;
        var work = new Work { Y = (uint*)output.Pointer, Key = (ulong)call.Scalars[0].ToInt64(), Counter = (ulong)call.Scalars[1].ToInt64() };
        if (count >= 4)
            Chunks.Run(device.Workers, count / 4, Cost, ref work);
        if (count % 4 != 0)
        {
            uint* last = stackalloc uint[4];
            PhiloxRow.Run(last, 1, work.Key, work.Counter + (ulong)(count / 4));
            new ReadOnlySpan<uint>(last, (int)(count % 4)).CopyTo(new Span<uint>(work.Y + (count - (count % 4)), (int)(count % 4)));
        }

        output.Finish();
    }

    /// <summary>A unit is a block.</summary>
    private struct Work : IChunkWork
    {
        public uint* Y;
        public ulong Key;
        public ulong Counter;

        public readonly void Run(long start, long count) => PhiloxRow.Run(Y + (4 * start), count, Key, Counter + (ulong)start);
    }
}
