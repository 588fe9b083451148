using System.Runtime.CompilerServices;

namespace Nabla;

/// <summary><see cref="RandomBitsOp"/>: blocks of four words, each from its own counter, so that threads share nothing.</summary>
internal sealed unsafe class RandomBitsKernel : CpuKernel
{
    private const long BlocksPerPart = 1 << 11;

    public override void Run(CpuDevice device, in OpCall call, Span<DeviceTensor> outputs)
    {
        var output = new DenseOutput(device, call);
        var body = new Body
        {
            Y = (uint*)output.Pointer,
            Count = call.OutputSpecs[0].Shape.ElementCount,
            Key = (ulong)call.Scalars[0].ToInt64(),
            Counter = (ulong)call.Scalars[1].ToInt64(),
        };
        device.Workers.For((int)((body.Count + (4 * BlocksPerPart) - 1) / (4 * BlocksPerPart)), ref body);
        outputs[0] = output.Finish();
    }

    private struct Body : IParallelBody
    {
        public uint* Y;
        public long Count;
        public ulong Key;
        public ulong Counter;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public readonly void Run(int part)
        {
            long block = part * BlocksPerPart, end = Math.Min(block + BlocksPerPart, Count / 4);
            for (; block < end; block++)
            {
                var y = Y + (4 * block);
                (y[0], y[1], y[2], y[3]) = Philox.Block(Key, Counter + (ulong)block);
            }

            if (block != Count / 4 || Count % 4 == 0 || block >= (part + 1) * BlocksPerPart)
                return;
            var (x0, x1, x2, _) = Philox.Block(Key, Counter + (ulong)block);
            Y[4 * block] = x0;
            if (Count % 4 > 1) Y[(4 * block) + 1] = x1;
            if (Count % 4 > 2) Y[(4 * block) + 2] = x2;
        }
    }
}
