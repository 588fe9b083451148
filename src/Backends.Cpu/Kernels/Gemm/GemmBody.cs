using System.Numerics;

namespace Nabla;

/// <summary>A batch of products cut into equal runs of rectangles, a run per part.</summary>
internal unsafe struct GemmBody<TLanes, TVector, T, TBatch> : IParallelBody
    where TLanes : struct, ILanes<TVector, T>
    where TVector : struct
    where T : unmanaged, INumberBase<T>
    where TBatch : struct, IGemmBatch
{
    public GemmArgs<T> Args;
    public GemmMethod Method;
    public GemmPlan Plan;
    public GemmGrid Grid;
    public TBatch Batch;
    public bool Mirrored;
    public int Parts;

    public readonly void Run(int part)
    {
        var units = (long)Batch.Count * Grid.Parts;
        var end = units * (part + 1) / Parts;
        for (var unit = units * part / Parts; unit < end; unit++)
        {
            var index = (int)(unit / Grid.Parts);
            var block = Grid.Block((int)(unit - (long)index * Grid.Parts), Args.M, Args.N);
            if (block.IsEmpty) continue;
            var args = Args;
            if (index > 0)
            {
                Batch.Offsets(index, out var a, out var b, out var c);
                if (Mirrored) (a, b) = (b, a);
                args.Move(a, b, c);
            }

            switch (Method)
            {
                case GemmMethod.RowUpdates: RowUpdates<TLanes, TVector, T>.Run(args, block); break;
                case GemmMethod.DotProducts: DotProducts<TLanes, TVector, T>.Run(args, block); break;
                default: GemmDriver<TLanes, TVector, T>.Run(args, Plan, block); break;
            }
        }
    }
}
