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
        var units = (long)Batch.Count * Grid.Blocks;
        var end = units * (part + 1) / Parts;
        for (var unit = units * part / Parts; unit < end; unit++)
        {
            var index = (int)(unit / Grid.Blocks);
            var block = Grid.Block((int)(unit - (long)index * Grid.Blocks), Args.M, Args.N);
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
