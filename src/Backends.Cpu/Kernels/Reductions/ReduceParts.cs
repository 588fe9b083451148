namespace Nabla;

/// <summary>How outputs that do not depend on each other are shared out, of reductions and of searches.</summary>
internal static unsafe class ReduceParts
{
    /// <summary>More would cost more to hand out than a late thread leaves to the others; the cut of independent outputs is free.</summary>
    private const long PerThread = 16;

    /// <param name="pool">The threads.</param>
    /// <param name="nest">What is combined; neither outputs nor elements are none.</param>
    /// <param name="units">Rows, or tiles of columns, that have all outputs among them.</param>
    public static long UnitsPerPart(WorkerPool pool, ReduceNest* nest, long units)
    {
        long work = nest->Outputs * nest->Count;
        if (work < 2 * Chunks.MinWorkPerPart)
            return units;
        return Math.Clamp(Math.Max(Chunks.MinWorkPerPart * units / work, (units - 1) / (PerThread * pool.Threads) + 1), 1, units);
    }
}
