namespace Nabla;

/// <summary>
/// Combines what rows that were taken for one have left: results of wide rows, side by side for each narrow one, and those of the rows left over.
/// </summary>
internal unsafe struct ReduceFold<TOp, T, TSum> : IChunkWork
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    public TSum* Wide;

    /// <summary>Null where no rows were left over.</summary>
    public TSum* Rest;

    public long Inner;
    public long Fold;
    public ReduceTarget<TOp, T, TSum> Target;

    /// <summary>A unit is a row of results.</summary>
    public readonly void Run(long start, long count)
    {
        for (long row = start; row < start + count; row++)
        {
            var sums = Wide + (row * Inner * Fold);
            for (long i = Inner; i < Inner * Fold; i++)
                sums[i % Inner] = TOp.Combine(sums[i % Inner], sums[i]);
            for (long i = 0; Rest is not null && i < Inner; i++)
                sums[i] = TOp.Combine(sums[i], Rest[(row * Inner) + i]);
            Target.Write(row * Inner, sums, (nint)Inner);
        }
    }
}
