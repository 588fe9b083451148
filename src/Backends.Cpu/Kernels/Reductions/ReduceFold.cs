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

    /// <summary>A power of two: results are combined by halves.</summary>
    public long Fold;

    public ReduceTarget<TOp, T, TSum> Target;

    /// <summary>A unit is a row of results.</summary>
    public readonly void Run(long start, long count)
    {
        for (long row = start; row < start + count; row++)
        {
            var sums = Wide + (row * Inner * Fold);
            for (long width = Inner * Fold / 2; width >= Inner; width /= 2)
                Add(sums, sums + width, width);
            if (Rest is not null)
                Add(sums, Rest + (row * Inner), Inner);
            Target.Write(row * Inner, sums, (nint)Inner);
        }
    }

    private static void Add(TSum* sums, TSum* others, long count)
    {
        for (long i = 0; i < count; i++)
            sums[i] = TOp.Combine(sums[i], others[i]);
    }
}
