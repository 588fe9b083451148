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
    private const long SegmentWork = 1 << 16;
    private const long PartWork = 1 << 14;

    /// <summary>With this many independent parts there is no need to cut any of them.</summary>
    private const long EnoughParts = 32;

    public static void Run(CpuDevice device, ReduceNest* nest, byte* x, ElementType type, byte* y)
    {
        if (nest->Outputs == 0)
            return;
        if (nest->Count == 0)
        {
            for (long i = 0; i < nest->Outputs; i++)
                Write(y, type, i, TOp.Seed);
            return;
        }

        bool byRows = nest->ByRows;
        long inner = nest->KeptRank == 0 ? 1 : nest->KeptSizes[0];
        long units = byRows ? nest->Outputs : nest->Outputs / inner * ReduceColumns<TOp, T, TSum>.TilesOf(inner);
        long length = byRows ? SegmentWork : Math.Max(64, SegmentWork / Math.Min(inner, ReduceColumns<TOp, T, TSum>.Tile));
        long segments = units >= EnoughParts || nest->Count <= 2 * length ? 1 : (nest->Count + length - 1) / length;
        if (segments == 1)
            length = nest->Count;

        TSum single;
        var temporary = nest->Outputs * segments == 1 ? null : device.Allocate(new(DType.UInt8, [nest->Outputs * segments * sizeof(TSum)]));
        var sums = temporary is null ? &single : (TSum*)Operand.Host(temporary);
        if (byRows)
            RunRows(device.Workers, nest, x, type, sums, segments, length);
        else
            RunColumns(device.Workers, nest, x, type, sums, segments, length, units);
        for (long i = 0; i < nest->Outputs; i++)
        {
            var sum = sums[i];
            for (long s = 1; s < segments; s++)
                sum = TOp.Combine(sum, sums[(s * nest->Outputs) + i]);
            Write(y, type, i, sum);
        }

        temporary?.Storage.Release();
    }

    private static void RunRows(WorkerPool pool, ReduceNest* nest, byte* x, ElementType type, TSum* sums, long segments, long length)
    {
        long perPart = segments > 1 ? 1 : Math.Clamp(PartWork / nest->Count, 1, nest->Outputs);
        var body = new ReduceRows<TOp, T, TSum>
        {
            Nest = nest,
            Type = type,
            X = x,
            Sums = sums,
            OutputsPerPart = perPart,
            Segments = segments,
            SegmentLength = length,
        };
        pool.For((int)((nest->Outputs + perPart - 1) / perPart * segments), ref body);
    }

    private static void RunColumns(
        WorkerPool pool, ReduceNest* nest, byte* x, ElementType type, TSum* sums, long segments, long length, long units)
    {
        var body = new ReduceColumns<TOp, T, TSum> { Nest = nest, Type = type, X = x, Sums = sums, Segments = segments, SegmentLength = length };
        if (nest->Outputs * nest->Count < PartWork)
            for (int part = 0; part < units * segments; part++)
                body.Run(part);
        else
            pool.For((int)(units * segments), ref body);
    }

    private static void Write(byte* y, ElementType type, long index, TSum sum)
    {
        var value = TOp.Finish(sum);
        type.Store((byte*)&value, y + (index * type.Size), type.Size, 1);
    }
}
