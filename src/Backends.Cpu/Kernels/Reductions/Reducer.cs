namespace Nabla;

/// <summary>
/// Shares out a reduction. Long ones are cut into segments whose partial results are combined in order; the cuts depend on shape and
/// layout alone, so that the result is the same for any number of threads.
/// </summary>
internal static unsafe class Reducer<TOp, T, TSum>
    where TOp : struct, IReduction<T, TSum>
    where T : unmanaged
    where TSum : unmanaged
{
    /// <summary>Elements of a segment, at least.</summary>
    private const long SegmentWork = 1 << 16;

    /// <summary>Elements of a part, at least: less is done before a thread has noticed it.</summary>
    private const long PartWork = 1 << 15;

    /// <summary>With this many independent parts there is no need to cut any of them, and no gain from more.</summary>
    private const long EnoughParts = 32;

    /// <summary>Combines into dense results.</summary>
    public static void Run(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, byte* y, double divisor) =>
        Run(device, nest, x, type, new ReduceTarget<TOp, T, TSum> { Y = y, Type = type, Divisor = divisor });

    /// <summary>Combines into intermediate results, one for each output.</summary>
    public static void Accumulate(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, TSum* sums) =>
        Run(device, nest, x, type, new ReduceTarget<TOp, T, TSum> { Sums = sums });

    private static void Run(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, in ReduceTarget<TOp, T, TSum> target)
    {
        if (nest->Outputs == 0)
            return;
        if (nest->Count == 0)
        {
            for (long i = 0; i < nest->Outputs; i++)
                target.Write(i, TOp.Seed);
            return;
        }

        bool byRows = nest->ByRows;
        long inner = nest->KeptRank == 0 ? 1 : nest->KeptSizes[0];
        long units = byRows ? nest->Outputs : nest->Outputs / inner * ReduceColumns<TOp, T, TSum>.TilesOf(inner);
        long least = byRows ? SegmentWork : Math.Max(64, SegmentWork / Math.Min(inner, ReduceTile.Columns));
        long segments = Math.Min((nest->Count + least - 1) / least, (EnoughParts + units - 1) / units);
        if (segments <= 2)
        {
            Share(device.Workers, nest, x, type, target, byRows, units, 1, nest->Count);
            return;
        }

        long length = (((nest->Count + segments - 1) / segments) + 63) & ~63L;
        segments = (nest->Count + length - 1) / length;
        var temporary = device.Allocate(new(DType.UInt8, [nest->Outputs * segments * sizeof(TSum)]));
        var sums = (TSum*)Operand.Host(temporary);
        Share(device.Workers, nest, x, type, new() { Sums = sums }, byRows, units, segments, length);
        for (long s = 1; s < segments; s++)
        {
            var segment = sums + (s * nest->Outputs);
            for (long i = 0; i < nest->Outputs; i++)
                sums[i] = TOp.Combine(sums[i], segment[i]);
        }

        for (long i = 0; i < nest->Outputs; i++)
            target.Write(i, sums[i]);
        temporary.Storage.Release();
    }

    private static void Share(
        WorkerPool pool, ReduceNest* nest, byte* x, ElementType type, in ReduceTarget<TOp, T, TSum> target, bool byRows, long units, long segments, long length)
    {
        bool small = nest->Outputs * nest->Count < 2 * PartWork;
        if (byRows)
        {
            long perPart = segments > 1 ? 1 : small ? units : Math.Clamp(PartWork / nest->Count, 1, units);
            var rows = new ReduceRows<TOp, T, TSum> { Nest = nest, Type = type, X = x, Target = target, OutputsPerPart = perPart, Segments = segments, SegmentLength = length };
            pool.For((int)((units + perPart - 1) / perPart * segments), ref rows);
            return;
        }

        var columns = new ReduceColumns<TOp, T, TSum> { Nest = nest, Type = type, X = x, Target = target, Segments = segments, SegmentLength = length };
        if (small)
            for (int part = 0; part < units * segments; part++)
                columns.Run(part);
        else
            pool.For((int)(units * segments), ref columns);
    }
}
