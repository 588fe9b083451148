namespace Nabla;

/// <summary>A batch of products cut into equal runs of rectangles, a run per part.</summary>
internal struct GemmBody<TKernel, T, TBatch> : IParallelBody
    where TKernel : struct, IGemmKernel<T>
    where T : unmanaged
    where TBatch : struct, IGemmBatch
{
    public TKernel Kernel;
    public GemmArgs<T> Args;
    public GemmGrid Grid;
    public TBatch Batch;
    public bool Mirrored;
    public int Parts;

    public readonly void Run(int part)
    {
        // No divisions where there is nothing to divide: they took 8 of the 110 ns of a product of 8, compiled ahead of time.
        var units = (long)Batch.Count * Grid.Blocks;
        long unit = part, end = part + 1;
        if (units != Parts) (unit, end) = (units * part / Parts, units * (part + 1) / Parts);
        var index = unit < Grid.Blocks ? 0 : (int)(unit / Grid.Blocks);
        for (var at = (int)(unit - (long)index * Grid.Blocks); unit < end; unit++, at++)
        {
            if (at == Grid.Blocks) (index, at) = (index + 1, 0);
            var block = Grid.Block(at, Args.M, Args.N);
            if (block.IsEmpty) continue;
            if (index == 0) Kernel.Run(Args, block);
            else Kernel.Run(Member(index), block);
        }
    }

    private readonly GemmArgs<T> Member(int index)
    {
        Batch.Offsets(index, out var a, out var b, out var c);
        if (Mirrored) (a, b) = (b, a);
        var args = Args;
        args.Move(a, b, c);
        return args;
    }
}
