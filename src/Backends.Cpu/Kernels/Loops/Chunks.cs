namespace Nabla;

/// <summary>Work on a range of units, elements or rows, that do not depend on each other.</summary>
internal interface IChunkWork
{
    void Run(long start, long count);
}

/// <summary>Shares out a range among threads where it is long enough.</summary>
internal static class Chunks
{
    /// <summary>Additions below which a part would end before a worker has noticed it.</summary>
    public const long MinWorkPerPart = 1 << 15;

    /// <param name="pool">The threads.</param>
    /// <param name="units">How many units there are.</param>
    /// <param name="cost">Of a unit, in additions.</param>
    /// <param name="work">The work.</param>
    public static void Run<TWork>(WorkerPool pool, long units, long cost, ref TWork work) where TWork : struct, IChunkWork
    {
        var (parts, perPart) = Cut(pool, units, cost);
        if (parts == 0)
            return;
        if (parts == 1)
        {
            work.Run(0, units);
            return;
        }

        var body = new Body<TWork> { Work = work, PerPart = perPart, Units = units };
        pool.For(parts, ref body);
    }

    /// <summary>How many parts there are, and the units of each but the last; none of nothing.</summary>
    public static (int Parts, long PerPart) Cut(WorkerPool pool, long units, long cost)
    {
        if (units == 0)
            return default;
        long parts = Math.Clamp(units * cost / MinWorkPerPart, 1, Math.Min(units, 4L * pool.Threads));
        if (parts <= 1 || pool.Threads == 1)
            return (1, units);
        if (parts > pool.Threads) // a multiple of the threads, so that none has a part more
            parts -= parts % pool.Threads;

        // Whole cache lines of elements, so that no two threads share one.
        long quantum = cost < 1024 ? 64 : 1, perPart = ((units + parts - 1) / parts + quantum - 1) / quantum * quantum;
        return ((int)((units + perPart - 1) / perPart), perPart);
    }

    private struct Body<TWork> : IParallelBody where TWork : struct, IChunkWork
    {
        public TWork Work;
        public long PerPart;
        public long Units;

        public void Run(int part) => Work.Run(part * PerPart, Math.Min(PerPart, Units - (part * PerPart)));
    }
}
