namespace Nabla;

/// <summary>Combines the intermediate results of segments, in their order, and leaves the results of some outputs.</summary>
internal unsafe struct ReduceSegments<TOp, T, TSum> : IChunkWork
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    public TSum* Sums;
    public long Outputs;
    public long Segments;
    public ReduceTarget<TOp, T, TSum> Target;

    public readonly void Run(long start, long count)
    {
        var sums = Sums + start;
        for (long s = 1; s < Segments; s++)
        {
            var segment = sums + (s * Outputs);
            for (long i = 0; i < count; i++)
                sums[i] = TOp.Combine(sums[i], segment[i]);
        }

        Target.Write(start, sums, (nint)count);
    }
}
